import type { AttemptStatus, GenerationEnding } from '@cloche/core';
import type { Exchange } from '../prompts/conversation.ts';

/** What became of an attempt. */
export interface AttemptOutcome {
  readonly status: AttemptStatus;
  /** As `GenerationAttempt` has it. */
  readonly error: string | null;
  /** What brings the generation to its end. Null: it goes on, where the budget allows. */
  readonly ending: GenerationEnding | null;
  /** What the next attempt learns from. Null: nothing. */
  readonly exchange: Exchange | null;
}
