import type { GenerationRequest, GenerationTests } from '@cloche/core';
import type { ExecutionLimits, LanguageId, NetworkPolicy, RequestFile } from '@cloche/core/executor';

/** A request that was checked, with every default filled in. */
export interface GenerationTask {
  readonly request: GenerationRequest;
  /** Null: the model chooses. With tests it is theirs where nobody names one. */
  readonly language: LanguageId | null;
  /** Without what the program or the tests would replace. */
  readonly context: readonly RequestFile[];
  readonly tests: GenerationTests | null;
  readonly executes: boolean;
  readonly maximumAttempts: number;
  readonly maximumOutputTokens: number;
  readonly timeoutMs: number;
  /** Of each run, as far as an executor holds them. */
  readonly limits: ExecutionLimits;
  readonly network: NetworkPolicy;
}
