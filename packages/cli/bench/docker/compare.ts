import type { Bar, Figure } from '../figure.ts';
import { median, rounded } from '../statistics.ts';

export interface Comparison {
  readonly name: string;
  readonly ours: readonly number[];
  readonly reference: readonly number[];
  /** What the reference is: `bare`, `docker run`. */
  readonly against: string;
  /** What the bar is for: null when there is none. */
  readonly atMost: number | null;
  /** Behind the two medians. */
  readonly remark?: string;
}

export function timesFigure(comparison: Comparison): Figure {
  const { ours, reference, against } = comparison;
  return figureOf(comparison, median(ours) / median(reference), `times ${against}`);
}

export function overFigure(comparison: Comparison): Figure {
  const { ours, reference, against } = comparison;
  return figureOf(comparison, median(ours) - median(reference), `ms over ${against}`);
}

function figureOf(
  { name, ours, reference, atMost, remark }: Comparison,
  value: number,
  unit: string,
): Figure {
  const bar: Bar | null = atMost === null ? null : { relation: 'at most', value: atMost };
  const medians = `${rounded(median(ours))} ms against ${rounded(median(reference))} ms`;
  const count = Math.min(ours.length, reference.length);
  return { name, value, unit, bar, detail: remark === undefined ? medians : `${medians}; ${remark}`, count };
}
