import type {
  ClocheError,
  Execution,
  ExecutionRequest,
  Executor,
  ExecutorCapabilities,
  ExecutorHost,
  ExecutorPlugin,
  Isolation,
  LanguageId,
  LocalizedText,
  ProbeResult,
  ReapReport,
} from '../executor/index.ts';
import type { ExecutorLoader } from '../registry/executor-loader.ts';
import type { RunnerConfig } from './runner-config.ts';
import type { RunnerSession, SessionOptions } from './session/runner-session.ts';

export interface RunnerOptions {
  /** The executors that the program brings along, by name: `{ local: () => import('@cloche/executor-local') }`. */
  readonly executors: Readonly<Record<string, ExecutorLoader>>;
  /** Looks a name up that is not in `executors`, in the user's plugin directory for example. Null: not there. */
  readonly resolve?: (name: string) => Promise<ExecutorPlugin | null>;
  /** The names that `resolve` knows, for `executorNames()` and `inspect()`. Default: none. */
  readonly addedNames?: () => Promise<readonly string[]>;
  /** Default: {@link DEFAULT_RUNNER_CONFIG}, also for each key that is absent. */
  readonly config?: Partial<RunnerConfig>;
  /** Where each value of the configuration came from, so that an invalid one is named with its place. */
  readonly configEntries?: readonly ConfigOrigin[];
  /** Default: one for this process. */
  readonly host?: ExecutorHost;
}

/** `{ key: 'docker.host', source: { name: '/home/ada/.config/cloche/config.toml:12' } }` */
export interface ConfigOrigin {
  readonly key: string;
  readonly source: { readonly name: string };
}

export interface RunOptions {
  /** Aborting ends the run wherever it is; its result says `cancelled`. */
  readonly signal?: AbortSignal;
  /** `auto` or an executor's name. Default: the configuration's. A named one never degrades to another. */
  readonly executor?: string;
  /** The stronger of this and the configuration's `isolation.minimum` counts. */
  readonly minimumIsolation?: Isolation;
  /** Whose run this is: the queue is fair between principals, and caches are apart. Default: one for all. */
  readonly principal?: string;
}

/** What `cloche doctor` shows of one executor. */
export interface ExecutorReport {
  readonly name: string;
  /** `missing`: named in the configuration, and not there. */
  readonly origin: 'built-in' | 'added' | 'missing';
  readonly probe: ProbeResult;
  /** Null where the executor is unavailable or did not say. */
  readonly capabilities: ExecutorCapabilities | null;
  /** What went wrong while loading or asking it. Null when nothing did. */
  readonly error: ClocheError | null;
}

/** What one executor removed, and what it could not remove. */
export interface ExecutorReapReport extends ReapReport {
  readonly executor: string;
  /** Why it could not be asked, so that something of it may be left. Null where it was asked. */
  readonly problem: LocalizedText | null;
}

/** Runs requests: plans them, queues them, chooses an executor and passes everything through. */
export interface Runner extends AsyncDisposable {
  /**
   * Returns at once and never throws: a request that is refused, too, fails through the execution.
   * Its first and last stage before an executor takes over is `queue`.
   *
   * Fails with `ERR_REQUEST_INVALID`, `ERR_LANGUAGE_UNSUPPORTED`, `ERR_CAPABILITY_UNSUPPORTED`,
   * `ERR_CONFIG_INVALID`, `ERR_EXECUTOR_NOT_FOUND`, `ERR_EXECUTOR_UNAVAILABLE` (retryable when the queue is full)
   * or with whatever the executor throws.
   */
  execute(request: ExecutionRequest, options?: RunOptions): Execution;
  /**
   * A series of runs that find each other's files. Costs nothing until its first run.
   *
   * @throws ClocheError `ERR_REQUEST_INVALID` after dispose
   */
  openSession(options?: SessionOptions): RunnerSession;
  /**
   * Lets the executor that would probably have a run in this language get ready for it, for a program that is still
   * being written. Starts nothing that costs, decides nothing, and never rejects: what is wrong the run itself says.
   */
  prepare(language: LanguageId, options?: Pick<RunOptions, 'executor' | 'signal'>): Promise<void>;
  /** Built in and added, each once, sorted. */
  executorNames(): Promise<readonly string[]>;
  /** @throws ClocheError `ERR_EXECUTOR_NOT_FOUND`, `ERR_EXECUTOR_FAILED` or `ERR_CONFIG_INVALID` */
  executor(name: string): Promise<Executor>;
  /** Every executor that is built in, added or named in the configuration. Never rejects; bounded in time. */
  inspect(): Promise<readonly ExecutorReport[]>;
  /** Lets every executor remove what dead owners left behind; one report for each. Rejects after dispose alone. */
  reap(): Promise<readonly ExecutorReapReport[]>;
  /** Cancels every run, waits for them, closes the sessions, disposes the executors. Without effect the second time. */
  [Symbol.asyncDispose](): Promise<void>;
}
