const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const PUNCTUATION: ReadonlySet<string> = new Set(['{', '}', '(', ';', '.']);

/**
 * The words of a Java source and the punctuation that shapes it, without comments and literals.
 * One pass over the text whatever it holds, since sources are hostile: a regular expression over the
 * whole would be led to try every beginning against every end.
 */
export function* javaTokens(source: string): Generator<string, void> {
  let position = 0;
  while (position < source.length) {
    const skipped = afterCommentOrLiteral(source, position);
    if (skipped !== null) {
      position = skipped;
      continue;
    }
    const character = source[position] ?? '';
    WORD.lastIndex = position;
    const word = WORD.exec(source)?.[0];
    if (word !== undefined) yield word;
    else if (PUNCTUATION.has(character)) yield character;
    position += word?.length ?? 1;
  }
}

/** Null where neither begins. What does not end reaches to the end of the text, of the line for a string. */
function afterCommentOrLiteral(source: string, start: number): number | null {
  if (source.startsWith('//', start)) return after(source, '\n', start + 2);
  if (source.startsWith('/*', start)) return after(source, '*/', start + 2);
  if (source.startsWith('"""', start)) return afterQuote(source, '"""', start + 3);
  const character = source[start];
  return character === '"' || character === "'" ? afterQuote(source, character, start + 1) : null;
}

function after(source: string, end: string, from: number): number {
  const found = source.indexOf(end, from);
  return found < 0 ? source.length : found + end.length;
}

function afterQuote(source: string, quote: string, from: number): number {
  for (let position = from; position < source.length; position += 1) {
    if (source[position] === '\\') position += 1;
    else if (source.startsWith(quote, position)) return position + quote.length;
    else if (quote.length === 1 && source[position] === '\n') return position;
  }
  return source.length;
}
