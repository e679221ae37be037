import { type DragEvent, type ReactElement, useState } from 'react';
import { draftOfExample, EXAMPLES } from '../examples/example-list.ts';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import { TabPanel } from '../parts/tab-list.tsx';
import { emptyDraft } from '../state/draft.ts';
import { languageOfFile } from '../state/language-files.ts';
import { useText } from '../text/use-text.ts';
import { CodeEditor } from './code-editor.tsx';
import { FileTabs } from './file-tabs.tsx';
import { Inputs } from './inputs.tsx';
import { RunButtons } from './run-buttons.tsx';
import { takeFiles } from './take-files.ts';

export function EditorPane(): ReactElement {
  const { t } = useText();
  const playground = usePlayground();
  const language = useApp((state) => state.language);
  const known = useApp((state) => state.drafts[state.language]);
  const draft = known ?? emptyDraft(language);
  const [isDropping, setIsDropping] = useState(false);
  const file = draft.files[draft.active] ?? draft.files[0];
  const onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setIsDropping(event.type !== 'dragleave');
  };
  return (
    <section
      className={isDropping ? 'pane pane-editor pane-dropping' : 'pane pane-editor'}
      aria-label={t('editor')}
      id="editor"
      onDragEnterCapture={onDrag}
      onDragOverCapture={onDrag}
      onDragLeaveCapture={onDrag}
      onDropCapture={(event) => {
        setIsDropping(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        event.stopPropagation();
        void takeFiles(playground, [...event.dataTransfer.files]);
      }}
    >
      <h2 className="visually-hidden">{t('editor')}</h2>
      <div className="pane-head">
        <FileTabs draft={draft} />
        <ExampleChoice />
        <RunButtons />
      </div>
      <TabPanel name="file" selected={String(draft.active)} className="pane-body">
        {file && (
          <CodeEditor
            fileId={file.id}
            fileName={file.name}
            index={draft.active}
            text={file.text}
            language={draft.active === 0 ? language : languageOfFile(file.name)}
          />
        )}
        <p className="drop-note" aria-hidden="true">
          {t('dropHere')}
        </p>
      </TabPanel>
      <p className="visually-hidden" id="editor-keys">
        {t('editorKeys')}
      </p>
      <Inputs draft={draft} onFiles={(files) => void takeFiles(playground, files)} />
    </section>
  );
}

function ExampleChoice(): ReactElement {
  const { t, locale } = useText();
  const playground = usePlayground();
  const language = useApp((state) => state.language);
  return (
    <label className="example-choice">
      <span className="visually-hidden">{t('examples')}</span>
      <select
        value=""
        onChange={(event) => {
          const example = EXAMPLES.find(({ file }) => file === event.target.value);
          if (!example) return;
          void playground.attempt(async () => {
            const draft = await draftOfExample(example);
            playground.store.dispatch({ type: 'load-draft', language: example.language, draft });
          });
        }}
      >
        <option value="">{t('chooseExample')}</option>
        {EXAMPLES.filter((example) => example.language === language).map(({ file, title }) => (
          <option key={file} value={file}>
            {title[locale]}
          </option>
        ))}
      </select>
      <Icon name="chevron" />
    </label>
  );
}
