import type { Execution, ExecutionRequest } from '../../executor/index.ts';
import type { RunOptions } from '../runner.ts';

/** What holds for every run of a session. */
export interface SessionOptions extends Omit<RunOptions, 'signal'> {
  /** What the files of the session may have together, bytes, between two runs. Default: `limits.inputBytes`. */
  readonly fileBytes?: number;
}

/**
 * Runs one after the other that find what the runs before left in the work directory. Files stay; processes,
 * memory and everything outside the work directory do not.
 *
 * An executor with sessions of its own keeps the files in one place of its own; from its first run on it has the whole
 * session. With every other executor each run has a fresh sandbox, and the files are carried from one to the next.
 */
export interface RunnerSession extends AsyncDisposable {
  /**
   * Like {@link Runner.execute}; a run waits for those before it. Files of the request stay in the session, the
   * program itself does not.
   *
   * Fails with `ERR_REQUEST_INVALID` after the session was disposed, and for `collectArtifacts: false`.
   */
  execute(request: ExecutionRequest, options?: Pick<RunOptions, 'signal'>): Execution;
  /** Cancels its runs, waits for them, and lets go of everything that it kept. Without effect the second time. */
  [Symbol.asyncDispose](): Promise<void>;
}
