const PLAIN = /^[\w@%+=:,./-]+$/u;
/** What a terminal would act upon when the command is pasted, or what would reorder what is read. */
const HARMFUL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const HARMFUL_OR_QUOTED =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069'\\]/gu;

/** Whether a text can be pasted into a terminal as it is. */
export function isPasteable(text: string): boolean {
  return !HARMFUL.test(text);
}

/** One word of a command line, whatever is in it, for bash, zsh and (where it can be pasted as it is) every other shell. */
export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  if (isPasteable(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return `$'${text.replaceAll(HARMFUL_OR_QUOTED, escapeBytes)}'`;
}

function escapeBytes(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  // No argument of a program can hold a zero.
  if (character === '\0') return '';
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
