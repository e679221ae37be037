import { type ReactElement, useState } from 'react';
import { usePlayground } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import { TabList } from '../parts/tab-list.tsx';
import { type Draft, isUsableName } from '../state/draft.ts';
import { useText } from '../text/use-text.ts';

export function FileTabs({ draft }: { readonly draft: Draft }): ReactElement {
  const { t } = useText();
  const { store } = usePlayground();
  const [isNaming, setIsNaming] = useState(false);
  const shown = draft.files[draft.active];
  return (
    <div className="file-tabs">
      <TabList
        label={t('files')}
        name="file"
        selected={String(draft.active)}
        onSelect={(index) =>
          store.dispatch({ type: 'draft', action: { type: 'select-file', index: Number(index) } })
        }
        tabs={draft.files.map((file, index) => ({ id: String(index), label: file.name }))}
      />
      {draft.active > 0 && shown && (
        <button
          type="button"
          className="button-icon"
          aria-label={t('remove', { file: shown.name })}
          title={t('remove', { file: shown.name })}
          onClick={() =>
            store.dispatch({ type: 'draft', action: { type: 'remove-file', index: draft.active } })
          }
        >
          <Icon name="close" />
        </button>
      )}
      {!isNaming ? (
        <button
          type="button"
          className="button-icon"
          aria-label={t('addFile')}
          title={t('addFile')}
          onClick={() => setIsNaming(true)}
        >
          <Icon name="plus" />
        </button>
      ) : (
        <NameField
          onEnd={(name) => {
            setIsNaming(false);
            if (name !== null) store.dispatch({ type: 'draft', action: { type: 'new-file', name } });
          }}
        />
      )}
    </div>
  );
}

function NameField({ onEnd }: { readonly onEnd: (name: string | null) => void }): ReactElement {
  const { t } = useText();
  const [name, setName] = useState('');
  return (
    <form
      className="name-field"
      onSubmit={(event) => {
        event.preventDefault();
        onEnd(isUsableName(name.trim()) ? name.trim() : null);
      }}
    >
      <input
        aria-label={t('newFileName')}
        placeholder="data.txt"
        value={name}
        spellCheck={false}
        autoFocus
        onChange={(event) => setName(event.target.value)}
        onBlur={() => onEnd(null)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onEnd(null);
        }}
      />
    </form>
  );
}
