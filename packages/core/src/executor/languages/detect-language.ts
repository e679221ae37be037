import type { LanguageId } from './language-id.ts';
import { LANGUAGE_IDS } from './language-id.ts';
import { LANGUAGES } from './language-table.ts';

const SHEBANG = /^\uFEFF?#![ \t]*(?:\S*\/env[ \t]+(?:-S[ \t]*)?)?(?<program>\S+)/u;

/** The language that a person means by this name (`py`, `C++`, `golang`), or null. */
export function languageFromName(name: string): LanguageId | null {
  const wanted = name.trim().toLowerCase();
  return LANGUAGE_IDS.find((id) => id === wanted || LANGUAGES[id].aliases.includes(wanted)) ?? null;
}

/** The language of a file by its extension, or null. */
export function languageFromFileName(fileName: string): LanguageId | null {
  const lower = fileName.toLowerCase();
  return (
    LANGUAGE_IDS.find((id) => LANGUAGES[id].extensions.some((extension) => lower.endsWith(extension))) ?? null
  );
}

/** The language of a program by its `#!` line, or null. Versions behind the name (`python3.12`) are ignored. */
export function languageFromShebang(sourceText: string): LanguageId | null {
  const program = SHEBANG.exec(sourceText.slice(0, 256))?.groups?.['program'];
  if (program === undefined) return null;
  const name = program.slice(program.lastIndexOf('/') + 1).replace(/[\d.]+$/u, '');
  return (
    LANGUAGE_IDS.find((id) =>
      LANGUAGES[id].interpreters.some((interpreter) => interpreter.replace(/\d+$/u, '') === name),
    ) ?? null
  );
}
