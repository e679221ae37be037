import { readFileSync } from 'node:fs';
import { parseSync, type ParseResult } from 'oxc-parser';

export interface ParsedSource {
  readonly program: ParseResult['program'];
  readonly comments: ParseResult['comments'];
  readonly lineOf: (offset: number) => number;
}

/** Parses one file; throws where it has a syntax error, since nothing could be said about its imports then. */
export function parseSource(file: string, text: string = readFileSync(file, 'utf8')): ParsedSource {
  const result = parseSync(file, text, { preserveParens: false });
  const [error] = result.errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  return {
    program: result.program,
    comments: result.comments,
    lineOf: (offset) => text.slice(0, offset).split('\n').length,
  };
}
