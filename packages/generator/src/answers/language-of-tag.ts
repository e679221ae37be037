import type { LanguageId } from '@cloche/core/executor';
import { languageFromFileName, languageFromName } from '@cloche/core/executor';

/** Words that say "a program" and not which one. */
const GENERIC_TAGS: ReadonlySet<string> = new Set(['', 'code', 'program', 'source', 'solution', 'script']);
/** Tags under which models show plain text, and now and then a program. */
const TEXT_TAGS: ReadonlySet<string> = new Set(['text', 'txt', 'plain', 'plaintext', 'output', 'none']);

/** Under which a structured answer stands, or a program's data. */
const JSON_TAGS: ReadonlySet<string> = new Set(['json', 'jsonc', 'json5']);

/** What a fence says of its content. */
export interface FenceTag {
  /** As it is written, lower case, without what follows the first word. */
  readonly name: string;
  readonly kind: 'language' | 'generic' | 'text' | 'other';
  /** Null unless `kind` is `language`. */
  readonly language: LanguageId | null;
}

/** Reads the words behind a fence: `python`, `Python 3`, `{.python}`, `python:main.py`, `main.py`, `c++17`. */
export function readTag(info: string): FenceTag {
  const word =
    info
      .trim()
      .replace(/^\{\s*\.?/u, '')
      .split(/[\s,:;{}="']/u)[0]
      ?.toLowerCase() ?? '';
  const language = languageOfTag(word);
  if (language !== null) return { name: word, kind: 'language', language };
  const kind = GENERIC_TAGS.has(word) ? 'generic' : TEXT_TAGS.has(word) ? 'text' : 'other';
  return { name: word, kind, language: null };
}

/** The language that a model means by this name, versions behind it aside; null for any other. */
export function languageOfTag(name: string): LanguageId | null {
  const word = name.trim().toLowerCase();
  if (word === '') return null;
  const bare = word.replace(/^gnu\+\+|^cpp(?=\d)/u, 'c++').replace(/(?<=[a-z+])[\s-]?\d[\d.x]*$/u, '');
  return (
    languageFromName(word) ??
    languageFromName(bare) ??
    languageFromFileName(word) ??
    languageFromFileName(`program.${word}`)
  );
}

export function isJsonTag({ name }: FenceTag): boolean {
  return JSON_TAGS.has(name);
}
