import { randomBytes } from 'node:crypto';
import { SpoolDirectory } from '@cloche/core';
import type { ExecutorHost } from '@cloche/core/executor';
import type { ApiError, RunCopies, RunRequest, RunSummary } from '../../api/runs.ts';
import { ending, runNotFound } from '../http/request-refused.ts';
import { logDefect, systemCode } from '../log-defect.ts';
import type { PlaygroundLimits } from '../playground-limits.ts';
import type { RunSource } from './playground-run.ts';
import { PlaygroundRun } from './playground-run.ts';
import { noRoom, notKept, tooMany } from './run-refusals.ts';
import { StoredRecord } from './stored-record.ts';

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
  /** Those that have begun: what a run under way has kept stays until it has ended. */
  readonly #removals = new Set<Promise<void>>();
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
   * Begins a run whose record can be read from then on. What else goes wrong is told by the run.
   *
   * @param start called with the signal that ends the run; may throw
   * @throws RequestRefused 429 where too many are under way, 507 where there is no room for what was asked for, or the
   *   disk does not take it, 503 where the server ends
   */
  async start(
    request: RunRequest,
    copies: RunCopies,
    toApiError: (error: unknown) => ApiError,
    start: (signal: AbortSignal) => Promise<StartedRun>,
  ): Promise<PlaygroundRun> {
    if (this.#isClosed) throw ending();
    if (this.#following.size >= this.#limits.openRunCount) throw tooMany();
    const record = new StoredRecord(this.#directory, { request, copies });
    if (!this.#makeRoom(record.byteCount)) throw noRoom();
    const run = new PlaygroundRun({
      id: randomBytes(RUN_ID_BYTES).toString('hex'),
      request,
      record,
      directory: this.#directory,
      limits: this.#limits,
      makeRoom: (bytes) => this.#makeRoom(bytes),
      toApiError,
      logger: this.#host.logger,
    });
    this.#runs.set(run.id, run);
    const kept = this.#keep(record);
    const followed = this.#follow(run, kept, start)
      .catch((error: unknown) =>
        logDefect(this.#host.logger, 'a run could not be followed', error, { run: run.id }),
      )
      .then(() => {
        this.#following.delete(run);
        this.#expire(run);
        this.#forgetBeyondCount();
      });
    this.#following.set(run, followed);
    try {
      await kept;
    } catch (error) {
      this.forget(run);
      throw error;
    }
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
    void (this.#following.get(run) ?? Promise.resolve()).then(() => this.#remove(run));
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
    await Promise.all(this.#removals);
    this.#runs.clear();
    await this.#directory.remove();
  }

  #remove(run: PlaygroundRun): void {
    const removal = run
      .remove()
      .catch((error: unknown) => this.#warn('remove failed', error))
      .finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  /** @throws RequestRefused 507 */
  async #keep(record: StoredRecord): Promise<void> {
    try {
      await record.keep();
    } catch (error) {
      this.#warn('a request could not be kept', error);
      throw notKept(systemCode(error));
    }
  }

  async #follow(
    run: PlaygroundRun,
    kept: Promise<void>,
    start: (signal: AbortSignal) => Promise<StartedRun>,
  ): Promise<void> {
    let started: StartedRun;
    try {
      await kept;
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

  /** Forgets ended runs, the oldest first, until there is room; none where all of them would not be enough. */
  #makeRoom(bytes: number): boolean {
    const runs = [...this.#runs.values()];
    const most = this.#limits.totalBytes - bytes;
    if (bytesOf(runs.filter((run) => run.isOpen)) > most) return false;
    let keptBytes = bytesOf(runs);
    for (const run of runs) {
      if (keptBytes <= most) break;
      if (run.isOpen || run.byteCount === 0) continue;
      keptBytes -= run.byteCount;
      this.forget(run);
    }
    return true;
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
    this.#host.logger.warn(`stored runs: ${message}`, { code: systemCode(error) });
  }
}

function bytesOf(runs: readonly PlaygroundRun[]): number {
  return runs.reduce((sum, { byteCount }) => sum + byteCount, 0);
}
