import type { GenerationEnding, GenerationResult } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import type { EvalTask } from './eval-tasks.ts';

/** What a model made of one task. */
export interface TaskOutcome {
  readonly id: string;
  readonly language: LanguageId;
  /** The attempt whose program passed the tests, from 1 on; null where none did. */
  readonly passedAttempt: number | null;
  /** Programs that were written, answers without one included. */
  readonly attemptCount: number;
  readonly endedBy: GenerationEnding;
  /** What the last attempt was told of its failure. Null where it passed. */
  readonly error: string | null;
  /** Null: the model's service did not say. */
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
  readonly durationMs: number;
}

export function taskOutcome({ id, language }: EvalTask, result: GenerationResult): TaskOutcome {
  const last = result.attempts.at(-1);
  return {
    id,
    language,
    passedAttempt: result.status === 'ok' ? (last?.number ?? null) : null,
    attemptCount: result.attempts.length,
    endedBy: result.endedBy,
    error: result.status === 'ok' ? null : (last?.error ?? null),
    outputTokens: result.usage.outputTokens,
    costUsd: result.costUsd,
    durationMs: result.durationMs,
  };
}
