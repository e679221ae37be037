import type { ErrorCode, ExecutionStatus, Isolation, LanguageId, Phase } from '../executor/index.ts';

/**
 * The name of the tracing channel of `node:diagnostics_channel`: every execution of every runner of
 * this process is published on it. `start` and `end` enclose the call of `execute()`; `asyncStart` and
 * `asyncEnd` follow when the result is there, after `error` where the platform failed. All five carry
 * the same {@link ExecutionTrace}, filled in as things become known.
 */
export const EXECUTION_TRACE_CHANNEL = 'cloche:execution';

/** What is told of one execution: names, numbers and codes; never code, output, input, arguments, environment or a message. */
export interface ExecutionTrace {
  readonly id: string;
  readonly language: LanguageId;
  readonly codeBytes: number;
  /** The next are null until the result is there, and where it does not come. */
  executor: string | null;
  isolation: Isolation | null;
  status: ExecutionStatus | null;
  stoppedIn: Phase | null;
  passedOver: readonly { readonly name: string; readonly code: ErrorCode }[];
  /** Milliseconds each phase took; a phase that did not take place is absent. */
  phaseDurationsMs: Readonly<Partial<Record<Phase, number>>>;
  /** Milliseconds in the queue. Null while it waits. */
  queueMs: number | null;
  /** Milliseconds from `execute()` to the result or the failure. Null before. */
  durationMs: number | null;
  /** What the program, its compiler and its installer wrote, kept or not. */
  stdoutBytes: number;
  stderrBytes: number;
  artifactCount: number;
  artifactBytes: number;
  /** Null unless the platform failed. A failure that is no ClocheError counts as `ERR_EXECUTOR_FAILED`. */
  errorCode: ErrorCode | null;
}
