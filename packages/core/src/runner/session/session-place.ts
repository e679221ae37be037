import type {
  Execution,
  ExecutionPlan,
  ExecutionResult,
  Executor,
  ExecutorSession,
  LocalizedText,
} from '../../executor/index.ts';
import type { RunPlace } from '../run-place.ts';
import type { ReleasePlace } from '../run-queue.ts';
import { RunQueue } from '../run-queue.ts';
import type { SessionFileLimits } from './session-files.ts';
import { SessionFiles } from './session-files.ts';

export interface SessionPlaceOptions {
  readonly files: SessionFileLimits;
  /** Runs that may wait for their turn. */
  readonly queueLength: number;
}

/** What the runs of one session share: their turns, and the files that stay. */
export class SessionPlace implements RunPlace, AsyncDisposable {
  readonly #files: SessionFiles;
  readonly #turns: RunQueue;
  /** By the names of the executors that have sessions of their own. */
  readonly #own = new Map<string, ExecutorSession>();
  #boundTo: string | null = null;
  /** Of the run whose turn it is. */
  #plan: ExecutionPlan | null = null;

  constructor({ files, queueLength }: SessionPlaceOptions) {
    this.#files = new SessionFiles(files);
    this.#turns = new RunQueue({ concurrency: 1, length: queueLength });
  }

  get boundTo(): string | null {
    return this.#boundTo;
  }

  enter(signal: AbortSignal): Promise<ReleasePlace | null> {
    return this.#turns.enter('', signal);
  }

  async execute(executor: Executor, plan: ExecutionPlan, signal: AbortSignal): Promise<Execution> {
    this.#plan = this.#files.beneath(plan);
    if (executor.openSession === undefined) return executor.execute(this.#plan, { signal });
    let own = this.#own.get(executor.name);
    if (own === undefined) {
      own = await executor.openSession({ signal });
      this.#own.set(executor.name, own);
    }
    return own.execute(this.#plan, { signal });
  }

  began(executor: Executor): void {
    if (!this.#own.has(executor.name)) return;
    // It has them all now, and keeps them better than a copy of ours.
    this.#boundTo = executor.name;
    this.#files.clear();
  }

  keep(result: ExecutionResult): readonly LocalizedText[] {
    if (this.#boundTo !== null || this.#plan === null) return [];
    return this.#files.take(this.#plan, result);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#files.clear();
    const sessions = [...this.#own.values()];
    this.#own.clear();
    const outcomes = await Promise.allSettled(sessions.map((session) => session[Symbol.asyncDispose]()));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}
