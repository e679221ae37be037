/** A header `[…]`, or `key = value` with all lines of the value. Offsets into the text. */
export interface TomlStatement {
  readonly isHeader: boolean;
  readonly start: number;
  /** Behind the last character that is no blank and no comment. */
  readonly end: number;
  /** Behind the line break. */
  readonly lineEnd: number;
}

const STRING_BEGINS = ['"""', "'''", '"', "'"] as const;
export type TomlQuote = (typeof STRING_BEGINS)[number];

/** The statements of a text that is valid TOML, in order. */
export function tomlStatements(text: string): TomlStatement[] {
  const statements: TomlStatement[] = [];
  let offset = 0;
  while (offset < text.length) {
    const start = skipBlanks(text, offset);
    const isHeader = text[start] === '[';
    const { end, lineEnd } = endOfStatement(text, start, isHeader);
    if (end > start) statements.push({ isHeader, start, end, lineEnd });
    offset = lineEnd;
  }
  return statements;
}

function skipBlanks(text: string, offset: number): number {
  let position = offset;
  while (text[position] === ' ' || text[position] === '\t') position += 1;
  return position;
}

function endOfStatement(
  text: string,
  start: number,
  isHeader: boolean,
): { readonly end: number; readonly lineEnd: number } {
  let depth = 0;
  let end = start;
  let position = start;
  while (position < text.length) {
    const character = text[position] ?? '';
    if (character === '\n' && (depth <= 0 || isHeader)) return { end, lineEnd: position + 1 };
    const string = quoteAt(text, position);
    if (string !== undefined) {
      position = endOfString(text, position, string);
      end = position;
      continue;
    }
    if (character === '#') {
      const lineBreak = text.indexOf('\n', position);
      position = lineBreak < 0 ? text.length : lineBreak;
      continue;
    }
    if ('[{'.includes(character)) depth += 1;
    if (']}'.includes(character)) depth -= 1;
    position += 1;
    if (!/\s/u.test(character)) end = position;
  }
  return { end, lineEnd: text.length };
}

/** Where a string begins here, how it is quoted. */
export function quoteAt(text: string, position: number): TomlQuote | undefined {
  return STRING_BEGINS.find((quote) => text.startsWith(quote, position));
}

/** Behind the closing quote. */
export function endOfString(text: string, start: number, quote: TomlQuote): number {
  let position = start + quote.length;
  while (position < text.length) {
    if (quote.startsWith('"') && text[position] === '\\') {
      position += 2;
      continue;
    }
    if (text.startsWith(quote, position)) {
      position += quote.length;
      // A string in three quotes may end with two more of its own.
      while (quote.length === 3 && text[position] === quote[0]) position += 1;
      return position;
    }
    position += 1;
  }
  return text.length;
}
