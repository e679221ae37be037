import { type DiffLine, diffLines } from './diff-lines.ts';

const CONTEXT_LINES = 3;

/** A line that is shown, or how many unchanged ones are left out in its place. */
export type DiffPart =
  | { readonly kind: 'line'; readonly line: DiffLine }
  | { readonly kind: 'gap'; readonly count: number };

/** What changed from one text to another; unchanged lines far from a change are left out. */
export function diffParts(before: string, after: string): DiffPart[] {
  const lines = diffLines(before, after);
  const isNear = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1)
      .some(({ kind }) => kind !== 'same'),
  );
  const parts: DiffPart[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line) break;
    if (isNear[index]) {
      parts.push({ kind: 'line', line });
      continue;
    }
    let end = index;
    while (end < lines.length && !isNear[end]) end += 1;
    parts.push({ kind: 'gap', count: end - index });
    index = end - 1;
  }
  return parts;
}
