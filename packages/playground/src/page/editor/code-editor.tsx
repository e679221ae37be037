import type { LanguageId } from '@cloche/core/executor';
import { isolateHistory } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type ReactElement, useEffect, useRef } from 'react';
import { usePlayground, useApp } from '../parts/app-context.ts';
import type { AppState } from '../state/app-state.ts';
import { useText } from '../text/use-text.ts';
import {
  editorExtensions,
  labelled,
  labelSlot,
  languageSlot,
  nonced,
  phrasesSlot,
} from './editor-extensions.ts';
import { phrasesIn } from './editor-phrases.ts';
import { loadLanguage } from './load-language.ts';

/** Shows one file, by its id; each has its own undoing, for as long as a draft holds it. */
export function CodeEditor({
  fileId,
  fileName,
  index,
  text,
  language,
}: {
  readonly fileId: string;
  readonly fileName: string;
  readonly index: number;
  readonly text: string;
  readonly language: LanguageId | null;
}): ReactElement {
  const { t, locale } = useText();
  const playground = usePlayground();
  const jump = useApp((state) => state.jump);
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const shown = useRef({ index, text });
  const states = useRef(new Map<string, EditorState>());

  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({ parent: host.current, extensions: nonced() });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const kept = states.current;
    dropRemoved(kept, playground.state);
    shown.current = { index, text };
    editor.setState(
      kept.get(fileId) ??
        EditorState.create({
          doc: text,
          extensions: editorExtensions({
            onText: (next) => {
              shown.current.text = next;
              playground.store.dispatch({
                type: 'draft',
                action: { type: 'text', index: shown.current.index, text: next },
              });
            },
            onRun: () => void playground.run(),
          }),
        }),
    );
    return () => {
      kept.set(fileId, editor.state);
    };
    // The text goes into the editor below: here it is what the file begins with.
  }, [fileId]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    shown.current.index = index;
    const before = editor.state.doc.toString();
    if (before === text) return;
    const isContinued = text.startsWith(before);
    shown.current.text = text;
    editor.dispatch(
      isContinued
        ? { changes: { from: before.length, insert: text.slice(before.length) } }
        : {
            changes: { from: 0, to: before.length, insert: text },
            // Undone by itself: what was typed just before is not undone with it.
            annotations: isolateHistory.of('full'),
          },
    );
    if (isContinued && before !== '') {
      editor.scrollDOM.scrollTop = editor.scrollDOM.scrollHeight;
    }
  }, [fileId, index, text]);

  useEffect(() => {
    let isCurrent = true;
    const use = (extension: Parameters<typeof languageSlot.reconfigure>[0]): void => {
      if (isCurrent) view.current?.dispatch({ effects: languageSlot.reconfigure(extension) });
    };
    if (language === null) use([]);
    else void playground.attempt(async () => use(await loadLanguage(language)));
    return () => {
      isCurrent = false;
    };
  }, [fileId, language]);

  useEffect(() => {
    const label = labelled(t('editorLabel', { file: fileName }), 'editor-keys');
    view.current?.dispatch({ effects: labelSlot.reconfigure(label) });
  }, [fileId, fileName, t]);

  useEffect(() => {
    view.current?.dispatch({ effects: phrasesSlot.reconfigure(phrasesIn(locale)) });
  }, [fileId, locale]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !jump || jump.file !== index) return;
    const line = editor.state.doc.line(Math.min(Math.max(1, jump.line), editor.state.doc.lines));
    const anchor = Math.min(line.from + Math.max(0, (jump.column ?? 1) - 1), line.to);
    editor.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
    editor.focus();
    // Each jump is an object of its own: one to the same place jumps again.
  }, [jump, fileId]);

  return <div className="code-editor" ref={host} />;
}

function dropRemoved(states: Map<string, EditorState>, { drafts }: AppState): void {
  const there = new Set(Object.values(drafts).flatMap(({ files }) => files.map(({ id }) => id)));
  for (const id of states.keys()) if (!there.has(id)) states.delete(id);
}
