const HUNK = /^@@ -(?<from>\d+)(?:,(?<count>\d+))? \+\d/u;

/** Whether lines are a patch and no program. */
export function isPatch(lines: readonly string[]): boolean {
  return lines.some((line) => HUNK.test(line)) && lines.some((line) => /^[+-]/u.test(line));
}

/** The file that a patch makes out of nothing; null for one that changes a file. */
export function readNewFile(lines: readonly string[]): readonly string[] | null {
  const hunks = lines.filter((line) => HUNK.test(line));
  const start = HUNK.exec(hunks[0] ?? '')?.groups;
  if (hunks.length !== 1 || start?.['from'] !== '0') return null;
  const body = lines.slice(lines.indexOf(hunks[0] ?? '') + 1);
  const isAddition = body.every(
    (line) => line.startsWith('+') || line.trim() === '' || line.startsWith('\\'),
  );
  return isAddition ? body.filter((line) => line.startsWith('+')).map((line) => line.slice(1)) : null;
}
