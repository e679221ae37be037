import type { ExecutionPlan, ExecutionRequest, Executor, LanguageId } from '@cloche/core/executor';
import { LANGUAGE_IDS } from '@cloche/core/executor';

/** An executor that is broken in one way, and the cases that must notice it. */
export interface Mutant {
  readonly id: string;
  readonly breaks: readonly string[];
  /** Called for every executor of a case; default: the executor as it is. */
  readonly wrap?: (executor: Executor) => Executor;
  /** In place of core's, where the break lies in front of the executor. */
  readonly createPlan?: (request: ExecutionRequest) => ExecutionPlan;
  /** Whether the break makes something wait for ever, so that running out of patience is how it is noticed. */
  readonly hangs?: boolean;
}

/** `hello` to `python-hello`, `javascript-hello`, … */
export function inEveryLanguage(row: string, languages: readonly LanguageId[] = LANGUAGE_IDS): string[] {
  return languages.map((language) => `${language}-${row}`);
}

export const COMPILED: readonly LanguageId[] = ['typescript', 'java', 'go', 'rust', 'c', 'cpp'];
