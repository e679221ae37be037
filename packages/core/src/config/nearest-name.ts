/** Longer than any name that can be meant; comparing it would cost time for nothing. */
const MAXIMUM_LENGTH = 100;

/**
 * The name that somebody most likely meant by `given`, or null when none is near. Near is a third of
 * its letters, at least one and at most three, counting a swap of two neighbours as one.
 */
export function nearestName(given: string, known: Iterable<string>): string | null {
  const wanted = given.toLowerCase();
  if (wanted.length > MAXIMUM_LENGTH) return null;
  const reach = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  let best: string | null = null;
  let bestDistance = reach + 1;
  for (const name of known) {
    const distance = editDistance(wanted, name.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours; `tooMuch` or more is not counted out. */
function editDistance(left: string, right: string, tooMuch: number): number {
  if (Math.abs(left.length - right.length) >= tooMuch) return tooMuch;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = at(previous, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1);
      const isSwap =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const swapped = isSwap ? at(beforePrevious, column - 2) + 1 : replaced;
      line.push(Math.min(at(previous, column) + 1, at(line, column - 1) + 1, replaced, swapped));
    }
    beforePrevious = previous;
    previous = line;
  }
  return at(previous, right.length);
}

function at(distances: readonly number[], index: number): number {
  return distances[index] ?? Number.POSITIVE_INFINITY;
}
