/** What stands between two values of an object: blanks, comments, at most one comma. */
export interface JsonTrivia {
  /** Null where there is no comma. */
  readonly commaOffset: number | null;
  /** Behind the last comment or comma; where it begins when there is none. */
  readonly end: number;
  readonly endsWithLineComment: boolean;
}

const TOKEN = /\s+|(?<line>\/\/[^\r\n]*)|(?<block>\/\*[\s\S]*?\*\/)|(?<comma>,)/uy;

/** Looks at everything from `start` up to `limit`, of a text that has been parsed. */
export function readTrivia(text: string, start: number, limit: number): JsonTrivia {
  let commaOffset: number | null = null;
  let end = start;
  let endsWithLineComment = false;
  TOKEN.lastIndex = start;
  for (let match = TOKEN.exec(text); match !== null && match.index < limit; match = TOKEN.exec(text)) {
    const { line, block, comma } = match.groups ?? {};
    if ((line ?? block ?? comma) === undefined) continue;
    if (comma !== undefined) commaOffset = match.index;
    end = match.index + match[0].length;
    endsWithLineComment = line !== undefined;
  }
  return { commaOffset, end, endsWithLineComment };
}
