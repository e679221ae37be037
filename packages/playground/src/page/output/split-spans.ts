import type { AnsiSpan } from './parse-ansi.ts';

/** The part of a line between two places. */
export function splitSpans(spans: readonly AnsiSpan[], from: number, to: number): AnsiSpan[] {
  const part: AnsiSpan[] = [];
  let position = 0;
  for (const span of spans) {
    const text = span.text.slice(Math.max(0, from - position), Math.max(0, to - position));
    if (text !== '') part.push({ text, style: span.style });
    position += span.text.length;
  }
  return part;
}
