import type {
  Execution,
  ExecutionPlan,
  ExecutionResult,
  Executor,
  LocalizedText,
} from '../executor/index.ts';
import type { ReleasePlace } from './run-queue.ts';

/** What a run finds in its work directory, and what becomes of what it leaves there. */
export interface RunPlace {
  /** The executor that has what is kept, so that no other can have the run. Null: any. */
  readonly boundTo: string | null;
  /** Resolves when it is the run's turn; null when `signal` was aborted before. */
  enter(signal: AbortSignal): Promise<ReleasePlace | null>;
  execute(executor: Executor, plan: ExecutionPlan, signal: AbortSignal): Promise<Execution>;
  /** The program, its compiler or its installer may have begun there. */
  began(executor: Executor): void;
  /** Takes in what the run left. @returns what is to be told of it */
  keep(result: ExecutionResult): readonly LocalizedText[];
}

/** Nothing is there before, and nothing stays. */
export const FRESH_PLACE: RunPlace = {
  boundTo: null,
  enter: async () => () => undefined,
  execute: async (executor, plan, signal) => executor.execute(plan, { signal }),
  began: () => undefined,
  keep: () => [],
};
