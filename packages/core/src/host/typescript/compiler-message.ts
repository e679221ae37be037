/** What the transformer throws for a source that it refuses. */
export interface TransformerError {
  readonly code: string;
  readonly message: string;
  /** From 1. */
  readonly startLine: number;
  /** From 0, in columns of a terminal: a tab takes four, a Chinese character two. */
  readonly startColumn: number;
}

/** Null where `error` is something else: a trap, for one. */
export function asTransformerError(error: unknown): TransformerError | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, message, startLine, startColumn } = error as Partial<Record<keyof TransformerError, unknown>>;
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  return {
    code,
    message,
    startLine: typeof startLine === 'number' ? startLine : 1,
    startColumn: typeof startColumn === 'number' ? startColumn : 0,
  };
}

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/u;
const WIDE_CHARACTER =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const TAB_COLUMNS = 4;
/** A line longer than this is shown in part, around the place. */
const SHOWN_COLUMNS = 160;

/**
 * `main.ts:1:9: error: Unexpected token`, the line, and a caret below the place. The column counts
 * characters from 1, as editors do.
 */
export function compilerMessage(path: string, text: string, error: Omit<TransformerError, 'code'>): string {
  const line = text.split(LINE_BREAK)[error.startLine - 1] ?? '';
  const cells = [...line];
  let index = 0;
  for (let column = 0; column < error.startColumn; index += 1) column += columnsOf(cells[index] ?? ' ');

  const from = index > SHOWN_COLUMNS ? index - SHOWN_COLUMNS / 2 : 0;
  const shown = cells.slice(from, from + SHOWN_COLUMNS);
  const before = shown.slice(0, index - from).reduce((sum, character) => sum + columnsOf(character), 0);
  return [
    `${path}:${error.startLine}:${index + 1}: error: ${error.message}`,
    shown.map(printable).join(''),
    `${' '.repeat(before)}^`,
    '',
  ].join('\n');
}

/** One line for a file whose fault has no place. */
export function plainMessage(path: string, message: string): string {
  return `${path}: error: ${message}\n`;
}

/** The place of an offset in a text, as a {@link TransformerError} gives it. */
export function placeOf(
  text: string,
  offset: number,
): { readonly startLine: number; readonly startColumn: number } {
  const before = text.slice(0, offset).split(LINE_BREAK);
  return {
    startLine: before.length,
    startColumn: [...(before.at(-1) ?? '')].reduce((sum, character) => sum + columnsOf(character), 0),
  };
}

function columnsOf(character: string): number {
  if (character === '\t') return TAB_COLUMNS;
  return WIDE_CHARACTER.test(character) ? 2 : 1;
}

function printable(character: string): string {
  return character === '\t'
    ? ' '.repeat(TAB_COLUMNS)
    : character.replace(/[\u0000-\u001F\u007F-\u009F]/u, ' ');
}
