/**
 * What is not seen as it stands: controls, and marks of direction, which would let a text pass for another one. Tabs and
 * ends of lines are not among them.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)/gu;
const UNSEEN_IN_NAME = new RegExp(`${UNSEEN.source}|[\\t\\r\\n]`, 'gu');

/** A text that a program or a model wrote, with everything that would change how it is read made visible. */
export function visibleText(text: string): string {
  return text.replaceAll(UNSEEN, visibleCharacter);
}

/** The same for what takes one line. */
export function visibleName(name: string): string {
  return name.replaceAll(UNSEEN_IN_NAME, visibleCharacter);
}

export function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u2039U+${code.toString(16).toUpperCase().padStart(4, '0')}\u203a`;
}
