import { type ReactElement, useId, useState } from 'react';
import { usePlayground } from '../parts/app-context.ts';
import { Icon, type IconName } from '../parts/icons.tsx';
import { TabList } from '../parts/tab-list.tsx';
import type { Draft } from '../state/draft.ts';
import { nameProblem } from '../state/name-problem.ts';
import { newSourceFile } from '../state/source-file.ts';
import { useText } from '../text/use-text.ts';

export function FileTabs({ draft }: { readonly draft: Draft }): ReactElement {
  const { t } = useText();
  const { store } = usePlayground();
  const [naming, setNaming] = useState<'new' | 'shown' | null>(null);
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
      {naming === null && shown && (
        <IconButton
          icon="pencil"
          label={t('rename', { file: shown.name })}
          onClick={() => setNaming('shown')}
        />
      )}
      {naming === null && draft.active > 0 && shown && (
        <IconButton
          icon="close"
          label={t('remove', { file: shown.name })}
          onClick={() =>
            store.dispatch({ type: 'draft', action: { type: 'remove-file', index: draft.active } })
          }
        />
      )}
      {naming === null ? (
        <IconButton icon="plus" label={t('addFile')} onClick={() => setNaming('new')} />
      ) : (
        <NameField
          label={naming === 'new' ? t('newFileName') : t('rename', { file: shown?.name ?? '' })}
          before={naming === 'new' ? '' : (shown?.name ?? '')}
          problemOf={(name) => nameProblem(draft, name, naming === 'new' ? null : draft.active)}
          onEnd={(name) => {
            setNaming(null);
            if (name === null) return;
            const action =
              naming === 'new'
                ? ({ type: 'new-file', file: newSourceFile(name, '') } as const)
                : ({ type: 'rename-file', index: draft.active, name } as const);
            store.dispatch({ type: 'draft', action });
          }}
        />
      )}
    </div>
  );
}

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
}

function IconButton({ icon, label, onClick }: IconButtonProps): ReactElement {
  return (
    <button type="button" className="button-icon" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

interface NameFieldProps {
  readonly label: string;
  readonly before: string;
  readonly problemOf: (name: string) => ReturnType<typeof nameProblem>;
  /** With null where nothing was named. */
  readonly onEnd: (name: string | null) => void;
}

function NameField({ label, before, problemOf, onEnd }: NameFieldProps): ReactElement {
  const { t } = useText();
  const [name, setName] = useState(before);
  const [refused, setRefused] = useState<string | null>(null);
  const id = useId();
  const submit = (): void => {
    const trimmed = name.trim();
    if (trimmed === '') return onEnd(null);
    const problem = problemOf(trimmed);
    if (problem === null) onEnd(trimmed);
    else setRefused(t(problem, { file: trimmed }));
  };
  return (
    <form
      className="name-field"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <input
        aria-label={label}
        aria-invalid={refused !== null}
        aria-describedby={refused === null ? undefined : id}
        placeholder="data.txt"
        value={name}
        spellCheck={false}
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setName(event.target.value);
          setRefused(null);
        }}
        onBlur={() => onEnd(null)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onEnd(null);
        }}
      />
      {refused !== null && (
        <p className="name-refused" id={id} role="alert">
          {refused}
        </p>
      )}
    </form>
  );
}
