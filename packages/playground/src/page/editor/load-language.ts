import { LanguageSupport, StreamLanguage } from '@codemirror/language';
import type { LanguageId } from '@cloche/core/executor';

/** Each loads when a file of its language is first shown. */
const LOADERS: Readonly<Record<LanguageId, () => Promise<LanguageSupport>>> = {
  python: async () => (await import('@codemirror/lang-python')).python(),
  javascript: async () => (await import('@codemirror/lang-javascript')).javascript({ jsx: true }),
  typescript: async () => (await import('@codemirror/lang-javascript')).javascript({ typescript: true }),
  java: async () => (await import('@codemirror/lang-java')).java(),
  go: async () => (await import('@codemirror/lang-go')).go(),
  rust: async () => (await import('@codemirror/lang-rust')).rust(),
  bash: async () => {
    const { shell } = await import('@codemirror/legacy-modes/mode/shell');
    return new LanguageSupport(StreamLanguage.define(shell));
  },
  c: async () => (await import('@codemirror/lang-cpp')).cpp(),
  cpp: async () => (await import('@codemirror/lang-cpp')).cpp(),
};

const loaded = new Map<LanguageId, Promise<LanguageSupport>>();

export function loadLanguage(language: LanguageId): Promise<LanguageSupport> {
  const known = loaded.get(language);
  if (known) return known;
  const loading = LOADERS[language]();
  loaded.set(language, loading);
  // One that did not come is asked for again when a file of its language is shown next.
  loading.catch(() => loaded.delete(language));
  return loading;
}
