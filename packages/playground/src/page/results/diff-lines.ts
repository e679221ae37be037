export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** From 1 on; null where the line is not in that text. */
  readonly before: number | null;
  readonly after: number | null;
}

/** Beyond this, the two middles are shown one after the other: comparing them would take too long. */
const MAXIMUM_CELLS = 4_000_000;

/** What changed from one text to another, by line, as few lines as possible. */
export function diffLines(before: string, after: string): DiffLine[] {
  const left = before.replace(/\n$/u, '').split('\n');
  const right = after.replace(/\n$/u, '').split('\n');
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  ) {
    end += 1;
  }
  const same = (from: number, to: number, shift: number): DiffLine[] =>
    left.slice(from, to).map((text, index) => ({
      kind: 'same',
      text,
      before: from + index + 1,
      after: from + index + 1 + shift,
    }));
  return [
    ...same(0, start, 0),
    ...middle(left.slice(start, left.length - end), right.slice(start, right.length - end), start),
    ...same(left.length - end, left.length, right.length - left.length),
  ];
}

function middle(left: readonly string[], right: readonly string[], offset: number): DiffLine[] {
  const width = right.length + 1;
  const isTooLarge = left.length * right.length > MAXIMUM_CELLS;
  const lengths = isTooLarge ? null : commonLengths(left, right);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    if (lengths && a !== undefined && a === b) {
      lines.push({ kind: 'same', text: a, before: offset + i + 1, after: offset + j + 1 });
      i += 1;
      j += 1;
      continue;
    }
    const isRemovalNext =
      a !== undefined &&
      (b === undefined ||
        !lengths ||
        (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0));
    if (isRemovalNext) {
      lines.push({ kind: 'removed', text: a, before: offset + i + 1, after: null });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: b ?? '', before: null, after: offset + j + 1 });
      j += 1;
    }
  }
  return lines;
}

/** Of each pair of ends of the two: how many lines they have in common, in order. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint32Array {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        left[i] === right[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  return lengths;
}
