import type {
  ExecutionEvent,
  ExecutionLimits,
  ExecutionResult,
  ExecutionStatus,
  LanguageId,
  NetworkPolicy,
  RequestFile,
} from '../executor/index.ts';
import type { RunOptions } from '../runner/runner.ts';
import type { RunnerSession } from '../runner/session/runner-session.ts';
import type { TokenUsage } from './code-model.ts';

/** A program that must exit 0 with what was written beside it. */
export interface GenerationTests {
  /** Of the file: `tests.py`. */
  readonly fileName: string;
  readonly language: LanguageId;
  readonly code: string;
}

export interface GenerationRequest {
  /** What is wanted, in any human language. */
  readonly requirement: string;
  /** Null: the model chooses, and the result says which. */
  readonly language: LanguageId | null;
  /** Files that the model sees, and that lie in the work directory when its program runs. Default: none. */
  readonly context?: readonly RequestFile[];
  /** Success then means that they pass. Default: none; success means that the program exits 0. */
  readonly tests?: GenerationTests;
  /** Whether what was written is run, and repaired where it fails. Default true. */
  readonly executes?: boolean;
  /** Programs that are written at most, the first included. Default: the configuration's. */
  readonly maximumAttempts?: number;
  /** Tokens that all answers together may have. Default: the configuration's. */
  readonly maximumOutputTokens?: number;
  /** For everything together, models and runs. Default: the configuration's. */
  readonly timeoutMs?: number;
  /** Of each run; a value given here is required. */
  readonly limits?: Partial<ExecutionLimits>;
  /** Of each run; required where it is given. Default: the configuration's. */
  readonly network?: NetworkPolicy;
  readonly arguments?: readonly string[];
  readonly stdin?: string | Uint8Array;
}

export interface GenerateOptions extends RunOptions {
  /** Where the programs run, so that files stay. Default: each run starts from nothing. */
  readonly session?: RunnerSession;
}

/**
 * - `ok`: it ran, and exited 0; with tests, they passed.
 * - `failed`: no program that ran well within the budget, or no program at all.
 * - `not_executed`: there is a program, and running it was not asked for.
 * - `cancelled`: the caller aborted.
 */
export const GENERATION_STATUSES = ['ok', 'failed', 'not_executed', 'cancelled'] as const;
export type GenerationStatus = (typeof GENERATION_STATUSES)[number];

/** What brought it to its end. */
export type GenerationEnding =
  | 'success'
  | 'not_asked_to_run'
  | 'attempts_used'
  | 'tokens_used'
  | 'time_used'
  | 'repeated'
  | 'refused'
  | 'no_code'
  | 'cut'
  | 'cancelled';

/** What became of one answer of the model, or of its program. */
export type AttemptStatus = ExecutionStatus | 'not_executed' | 'repeated' | 'refused' | 'no_code' | 'cut';

export interface GenerationAttempt {
  /** From 1 on. */
  readonly number: number;
  /** Null where the answer held no program. */
  readonly code: string | null;
  readonly language: LanguageId | null;
  readonly status: AttemptStatus;
  /** What the model was shown of the failure, bounded; the words of the model where it refused. Null where it went well. */
  readonly error: string | null;
  readonly usage: TokenUsage;
  readonly durationMs: number;
}

export interface GenerationResult {
  readonly status: GenerationStatus;
  readonly endedBy: GenerationEnding;
  /** The last program that was written. Null where there is none. */
  readonly code: string | null;
  readonly language: LanguageId | null;
  /** The name under which the program runs: `main.py`. Null where there is none. */
  readonly fileName: string | null;
  /** What the model says of its program. Null where it says nothing. */
  readonly explanation: string | null;
  readonly attempts: readonly GenerationAttempt[];
  /** Of the last program that was run. Null where none was. */
  readonly execution: ExecutionResult | null;
  readonly model: { readonly provider: string; readonly model: string | null };
  /** Of all answers together; null where one did not say. */
  readonly usage: TokenUsage;
  /** US dollars, where the service says what every answer cost. Null: not known. */
  readonly costUsd: number | null;
  readonly durationMs: number;
}

export type GenerationEvent =
  /** The model begins to write the program of this number. */
  | { readonly type: 'attempt'; readonly number: number }
  /** A piece of the program, as it is written. */
  | { readonly type: 'code'; readonly text: string }
  /** The whole program of this attempt. Where it differs from the pieces before, it replaces them. */
  | {
      readonly type: 'written';
      readonly code: string;
      readonly language: LanguageId;
      readonly fileName: string;
      readonly explanation: string | null;
    }
  /** What the run says, its own result included. */
  | { readonly type: 'execution'; readonly event: ExecutionEvent }
  | { readonly type: 'attempted'; readonly attempt: GenerationAttempt }
  /** The last one. */
  | { readonly type: 'result'; readonly result: GenerationResult };

/**
 * One generation under way. Iterated, it goes on at the consumer's pace; not iterated, it goes on by itself.
 * Iterate it once, and before control returns to the event loop.
 */
export interface Generation extends AsyncIterable<GenerationEvent> {
  /**
   * A program that fails is a result. Rejects with ClocheError `ERR_GENERATOR_FAILED` where the model cannot be had,
   * `ERR_REQUEST_INVALID`, or with what the runner fails with.
   */
  readonly result: Promise<GenerationResult>;
}

/** From a sentence to a program that ran. */
export interface Generator {
  /** Returns at once and never throws: what is refused, too, fails through the generation. */
  generate(request: GenerationRequest, options?: GenerateOptions): Generation;
}
