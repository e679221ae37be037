import { randomBytes } from 'node:crypto';
import { SpoolDirectory } from '@cloche/core';
import type { ExecutorHost } from '@cloche/core/executor';
import type { ApiError, RunCopies, RunRequest, RunSummary } from '../../api/runs.ts';
import { ending, RequestRefused, runNotFound } from '../http/request-refused.ts';
import type { PlaygroundLimits } from '../playground-limits.ts';
import type { RunSource } from './playground-run.ts';
import { PlaygroundRun } from './playground-run.ts';

const RUN_ID_BYTES = 12;

export interface StartedRun {
  readonly source: RunSource;
  /** Called at its end, once. */
  readonly release: () => void;
}

/** All runs of one server, newest last, and what is kept of them. */
export class RunRegistry {
  readonly #host: ExecutorHost;
  readonly #limits: PlaygroundLimits;
  readonly #directory: SpoolDirectory;
  readonly #runs = new Map<string, PlaygroundRun>();
  readonly #following = new Map<PlaygroundRun, Promise<void>>();
  readonly #expiries = new Map<PlaygroundRun, NodeJS.Timeout>();
  readonly #sweep: Promise<void>;
  #removals: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(host: ExecutorHost, limits: PlaygroundLimits) {
    this.#host = host;
    this.#limits = limits;
    this.#directory = new SpoolDirectory(host, 'playground');
    this.#sweep = this.#directory.sweep().then(
      () => undefined,
      (error: unknown) => this.#warn('sweep failed', error),
    );
  }

  /**
   * Begins a run. What goes wrong from here on is told by the run.
   *
   * @param start called with the signal that ends the run; may throw
   * @throws RequestRefused 429 where too many are under way, 503 where the server ends
   */
  async start(
    request: RunRequest,
    copies: RunCopies,
    toApiError: (error: unknown) => ApiError,
    start: (signal: AbortSignal) => Promise<StartedRun>,
  ): Promise<PlaygroundRun> {
    if (this.#isClosed) throw ending();
    if (this.#following.size >= this.#limits.openRunCount) throw tooMany();
    const run = new PlaygroundRun({
      id: randomBytes(RUN_ID_BYTES).toString('hex'),
      request,
      copies,
      directory: this.#directory,
      limits: this.#limits,
      makeRoom: (bytes) => this.#makeRoom(bytes),
      toApiError,
      logger: this.#host.logger,
    });
    this.#runs.set(run.id, run);
    const followed = this.#follow(run, request, copies, start).then(() => {
      this.#following.delete(run);
      this.#expire(run);
      this.#forgetBeyondCount();
    });
    this.#following.set(run, followed);
    return run;
  }

  /** @throws RequestRefused 404 */
  find(id: string): PlaygroundRun {
    const run = this.#runs.get(id);
    if (run === undefined) throw runNotFound();
    return run;
  }

  /** Newest first. */
  list(): readonly RunSummary[] {
    return [...this.#runs.values()].map((run) => run.summary()).toReversed();
  }

  /** Ends it where it runs, and removes everything that is kept of it. */
  forget(run: PlaygroundRun): void {
    this.#runs.delete(run.id);
    clearTimeout(this.#expiries.get(run));
    this.#expiries.delete(run);
    run.cancel();
    const removal = (this.#following.get(run) ?? Promise.resolve()).then(() => run.remove());
    this.#removals = Promise.all([
      this.#removals,
      removal.catch((error: unknown) => this.#warn('remove failed', error)),
    ]).then(() => undefined);
  }

  /** Ends what runs and resolves when all of it has ended. */
  async endAll(): Promise<void> {
    this.#isClosed = true;
    for (const run of this.#following.keys()) run.cancel();
    await Promise.all(this.#following.values());
  }

  /** Removes everything that is kept. */
  async remove(): Promise<void> {
    for (const expiry of this.#expiries.values()) clearTimeout(expiry);
    await this.#sweep;
    this.#runs.clear();
    await this.#directory.remove();
  }

  async #follow(
    run: PlaygroundRun,
    request: RunRequest,
    copies: RunCopies,
    start: (signal: AbortSignal) => Promise<StartedRun>,
  ): Promise<void> {
    let started: StartedRun;
    try {
      await run.keep(request, copies);
      started = await start(run.signal);
    } catch (error) {
      await run.fail(error);
      return;
    }
    try {
      await run.follow(started.source);
    } finally {
      started.release();
    }
  }

  /** Forgets ended runs, the oldest first, until there is room. */
  #makeRoom(bytes: number): boolean {
    let kept = 0;
    for (const run of this.#runs.values()) kept += run.byteCount;
    for (const run of this.#runs.values()) {
      if (kept + bytes <= this.#limits.totalBytes) return true;
      if (run.isOpen || run.byteCount === 0) continue;
      kept -= run.byteCount;
      this.forget(run);
    }
    return kept + bytes <= this.#limits.totalBytes;
  }

  #forgetBeyondCount(): void {
    const ended = [...this.#runs.values()].filter((run) => !run.isOpen);
    for (const run of ended.slice(0, Math.max(0, ended.length - this.#limits.runCount))) this.forget(run);
  }

  #expire(run: PlaygroundRun): void {
    if (!this.#runs.has(run.id)) return;
    const expiry = setTimeout(() => this.forget(run), this.#limits.keptMs);
    expiry.unref();
    this.#expiries.set(run, expiry);
  }

  #warn(message: string, error: unknown): void {
    const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown';
    this.#host.logger.warn(`stored runs: ${message}`, { code });
  }
}

function tooMany(): RequestRefused {
  return new RequestRefused({
    status: 429,
    message: { en: 'Too many runs are under way.', zh: '进行中的运行过多。' },
    hint: { en: 'Stop one of them first.', zh: '请先停止其中之一。' },
  });
}
