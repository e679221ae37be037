/** What a figure must keep to. */
export interface Bar {
  readonly relation: 'at most' | 'at least';
  readonly value: number;
}

/** One line of a benchmark: everything in it was measured in the same run. */
export interface Figure {
  readonly name: string;
  /** What is compared with the bar. */
  readonly value: number;
  /** `times`, `ms over`, `MB`; empty for a count. */
  readonly unit: string;
  /** Null: told, and not judged. */
  readonly bar: Bar | null;
  /** What it was made of: `median 41.2 ms against 33.0 ms`. */
  readonly detail: string;
  /** How many measurements of each kind. */
  readonly count: number;
}

/** A part of the benchmark that cannot be done here, and why. */
export interface Skip {
  readonly name: string;
  readonly reason: string;
}

export interface AreaResult {
  readonly figures: readonly Figure[];
  readonly skipped: readonly Skip[];
}

export function isKept({ value, bar }: Figure): boolean {
  if (bar === null) return true;
  return bar.relation === 'at most' ? value <= bar.value : value >= bar.value;
}
