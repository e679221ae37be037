import { shortenWords } from './shorten-words.ts';

/** What may be the program of an answer. */
export interface Candidate {
  readonly code: string;
  /** The name that the answer gives to the language. Null: none. */
  readonly languageName: string | null;
  readonly explanation: string | null;
  readonly isWhole: boolean;
}

/** What a model says of its program, as much as is worth keeping; null for nothing. */
export function readExplanation(text: string): string | null {
  const trimmed = text.trim().replaceAll(/<\|[a-z_]+\|>/gu, '');
  return trimmed === '' ? null : shortenWords(trimmed);
}
