import type { LanguageId } from '@cloche/core/executor';

/** The same for programs that differ in blanks at the ends of lines and in empty lines alone. */
export function programKey(language: LanguageId, code: string): string {
  const lines = code.split('\n').map((line) => line.trimEnd());
  return [language, ...lines.filter((line) => line !== '')].join('\n');
}
