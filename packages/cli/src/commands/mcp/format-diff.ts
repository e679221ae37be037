/** As diff and git call a file that is not there. */
const NO_FILE = '/dev/null';

/**
 * The lines that are taken out and put in, between those that both texts begin and end with. No others are shown: what
 * stands around an entry may be somebody's key.
 *
 * @param after null: the file goes
 */
export function formatDiff(path: string, before: string, after: string | null): string {
  const old = linesOf(before);
  const fresh = linesOf(after ?? '');
  let first = 0;
  while (first < old.length && first < fresh.length && old[first] === fresh[first]) first += 1;
  let last = 0;
  while (
    last < Math.min(old.length, fresh.length) - first &&
    old[old.length - 1 - last] === fresh[fresh.length - 1 - last]
  ) {
    last += 1;
  }
  const removed = old.slice(first, old.length - last);
  const added = fresh.slice(first, fresh.length - last);
  return [
    `--- ${shown(path)}`,
    `+++ ${after === null ? NO_FILE : shown(path)}`,
    `@@ -${rangeOf(first, removed.length)} +${rangeOf(first, added.length)} @@`,
    ...removed.map((line) => `-${shown(line)}`),
    ...added.map((line) => `+${shown(line)}`),
  ].join('\n');
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\n$/u, '').split('\n');
}

/** Empty ranges name the line before them. */
function rangeOf(first: number, count: number): string {
  return `${count === 0 ? first : first + 1},${count}`;
}

/** Fit for a terminal: no escape sequences, no line break of Windows. */
function shown(line: string): string {
  return line.replaceAll(/(?!\t)[\p{Cc}\p{Cf}]/gu, '');
}
