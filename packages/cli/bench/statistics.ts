/** @throws Error for no values */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error('There is no median of nothing.');
  return (upper + lower) / 2;
}

/** `41.2`, `0.97` */
export function rounded(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

/**
 * Measures every kind once a round, so that whatever else the machine does meets all of them alike.
 *
 * @returns milliseconds, by kind
 */
export async function interleave<Kind extends string>(
  kinds: Readonly<Record<Kind, () => Promise<void> | void>>,
  options: {
    readonly rounds: number;
    readonly warmUpRounds: number;
    /** What one measurement leaves to be done before the next. Not measured. */
    readonly afterEach?: (kind: Kind) => Promise<void>;
  },
): Promise<Readonly<Record<Kind, readonly number[]>>> {
  const names = Object.keys(kinds) as Kind[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Kind, number[]>;
  for (let round = -options.warmUpRounds; round < options.rounds; round += 1) {
    for (const name of names) {
      const startedAtMs = performance.now();
      await kinds[name]();
      if (round >= 0) times[name].push(performance.now() - startedAtMs);
      await options.afterEach?.(name);
    }
  }
  return times;
}

/**
 * The value that so large a part of all values is not above.
 *
 * @param share from 0 to 1
 * @throws Error for no values
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('There is no percentile of nothing.');
  return value;
}
