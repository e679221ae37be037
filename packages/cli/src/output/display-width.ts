import { stripVTControlCharacters } from 'node:util';

// East Asian wide and full-width characters, and emoji: two columns each in a terminal.
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;
const ZERO = /\p{Mn}|\p{Cf}/u;

/** Columns that `text` takes in a terminal, colours not counted. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) width += characterWidth(character);
  return width;
}

export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Breaks `text` into lines of at most `width` columns: at spaces, and beside a wide character. */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of pieces(line)) {
    const isFull = displayWidth(current + piece.trimEnd()) > width;
    if (isFull && current.trimEnd() !== '') {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else {
      current += piece;
    }
  }
  return [...lines, current.trimEnd()];
}

/** What stays together on a line: a word with the spaces behind it, or one wide character with its punctuation. */
function pieces(line: string): string[] {
  const found: string[] = [];
  let word = '';
  for (const character of line) {
    const isWide = characterWidth(character) === 2;
    const mayBreakBefore = isWide
      ? !/[，。；：、！？）」』》]/u.test(character)
      : word.endsWith(' ') && character !== ' ';
    const followsWide =
      word !== '' && !isWide && characterWidth(lastCharacter(word)) === 2 && !/[（「『《]$/u.test(word);
    if (word !== '' && (mayBreakBefore || (followsWide && character !== ' '))) {
      found.push(word);
      word = '';
    }
    word += character;
  }
  return word === '' ? found : [...found, word];
}

function lastCharacter(text: string): string {
  return Array.from(text.slice(-2)).at(-1) ?? '';
}

function characterWidth(character: string): number {
  if (WIDE.test(character)) return 2;
  return ZERO.test(character) ? 0 : 1;
}
