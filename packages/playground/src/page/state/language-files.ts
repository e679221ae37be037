import type { LanguageId } from '@cloche/core/executor';
import { javaFileName } from './java-file-name.ts';

const EXTENSIONS: Readonly<Record<LanguageId, string>> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  java: 'java',
  go: 'go',
  rust: 'rs',
  bash: 'sh',
  c: 'c',
  cpp: 'cpp',
};

export function isLanguageId(value: unknown): value is LanguageId {
  return typeof value === 'string' && Object.hasOwn(EXTENSIONS, value);
}

/** The name that a program is shown with where nobody gave it another: javac wants the one of the public type. */
export function mainFileName(language: LanguageId, text: string): string {
  return language === 'java' ? javaFileName(text) : `main.${EXTENSIONS[language]}`;
}

/** By the ending of a file's name; null for what is no program. */
export function languageOfFile(name: string): LanguageId | null {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (extension === 'h') return 'c';
  if (extension === 'hpp' || extension === 'cc') return 'cpp';
  const found = Object.entries(EXTENSIONS).find(([, known]) => known === extension);
  return (found?.[0] as LanguageId | undefined) ?? null;
}
