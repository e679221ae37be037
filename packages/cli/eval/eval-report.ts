import type { TaskOutcome } from './task-outcome.ts';

export interface EvalTotals {
  readonly taskCount: number;
  readonly firstTryCount: number;
  /** Passed at a later attempt. */
  readonly repairedCount: number;
  readonly failedCount: number;
  /** Null: for one task at least it is not known. */
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
}

export interface EvalReport {
  /** `anthropic, claude-…`. */
  readonly modelName: string;
  readonly executor: string;
  readonly maximumAttempts: number;
  /** Of all tasks that were to be measured; what is missing in `tasks` was not. */
  readonly wantedTaskCount: number;
  readonly tasks: readonly TaskOutcome[];
  readonly totals: EvalTotals;
}

export function totalsOf(outcomes: readonly TaskOutcome[]): EvalTotals {
  const firstTryCount = outcomes.filter(({ passedAttempt }) => passedAttempt === 1).length;
  const passedCount = outcomes.filter(({ passedAttempt }) => passedAttempt !== null).length;
  return {
    taskCount: outcomes.length,
    firstTryCount,
    repairedCount: passedCount - firstTryCount,
    failedCount: outcomes.length - passedCount,
    outputTokens: sum(outcomes.map(({ outputTokens }) => outputTokens)),
    costUsd: sum(outcomes.map(({ costUsd }) => costUsd)),
  };
}

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
}
