import type { TomlEntry } from './toml-entry.ts';
import type { InlineTable, TomlPair } from './toml-pairs.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Every table of the entry, and the blank line before it. What stands between it and the next one stays. */
export function removeEntry({ text, tables, pairs }: TomlEntry): string {
  const spans: Span[] = [
    ...tables.map(({ header, end }) => spanOfTable(text, header.start, end)),
    ...pairs.map(({ pair }) =>
      pair.table === null ? spanOfStatement(text, pair) : spanOfMember(pair, pair.table),
    ),
  ];
  let after = text;
  // From the end, so that offsets before it stay right.
  for (const { start, end } of spans.toSorted((left, right) => right.start - left.start)) {
    after = after.slice(0, start) + after.slice(end);
  }
  return after;
}

function spanOfTable(text: string, headerStart: number, end: number): Span {
  const lineStart = startOfLine(text, headerStart);
  const blankLine = /(?<=^|\n)\r?\n$/u.exec(text.slice(0, lineStart))?.[0] ?? '';
  return { start: withoutLastBreak(text, lineStart - blankLine.length, end), end };
}

function spanOfStatement(text: string, { start, end }: TomlPair): Span {
  const lineBreak = text.indexOf('\n', end);
  const lineEnd = lineBreak < 0 ? text.length : lineBreak + 1;
  return { start: withoutLastBreak(text, startOfLine(text, start), lineEnd), end: lineEnd };
}

/** With the comma before it, or that behind it where it is the first. */
function spanOfMember(pair: TomlPair, { open, close, lastComma, members }: InlineTable): Span {
  const index = members.indexOf(pair);
  const previous = members[index - 1];
  const next = members[index + 1];
  if (previous !== undefined) return { start: previous.end, end: pair.end };
  if (next !== undefined) return { start: pair.start, end: next.start };
  return lastComma === null ? { start: open + 1, end: close } : { start: open + 1, end: lastComma + 1 };
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The file had no line break at its end, and has none again. */
function withoutLastBreak(text: string, start: number, end: number): number {
  if (end !== text.length || text.endsWith('\n')) return start;
  return start - (/\r?\n$/u.exec(text.slice(0, start))?.[0].length ?? 0);
}
