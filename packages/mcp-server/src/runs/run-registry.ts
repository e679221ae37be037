import { randomBytes } from 'node:crypto';
import { SpoolDirectory } from '@cloche/core';
import type { Runner } from '@cloche/core';
import type { ExecutionRequest, ExecutorHost } from '@cloche/core/executor';
import type { Session } from '../sessions/session.ts';
import { waitFor } from '../waiting/wait-for.ts';
import type { RunOptions } from './run.ts';
import { Run } from './run.ts';
import type { RunLimits } from './run-limits.ts';
import { RUN_LIMITS } from './run-limits.ts';
import { runNotFound } from './run-not-found.ts';
import type { TakeRoom } from './stream-log.ts';

/** A handle cannot be guessed. */
const RUN_ID_BYTES = 16;
/** Clients that end a server wait five seconds for it. */
const DISPOSAL_MS = 4_500;

export interface RunRegistryOptions {
  readonly runner: Runner;
  readonly host: ExecutorHost;
  /** Default: {@link RUN_LIMITS}. */
  readonly limits?: RunLimits;
}

/** All runs of all principals, each known to its own alone, and what is kept of them. */
export class RunRegistry {
  readonly #runner: Runner;
  readonly #host: ExecutorHost;
  readonly #limits: RunLimits;
  readonly #directory: SpoolDirectory;
  /** In the order of their starts. */
  readonly #runs = new Map<string, Run>();
  readonly #following = new Map<Run, Promise<void>>();
  readonly #expiries = new Map<Run, NodeJS.Timeout>();
  readonly #sweep: Promise<void>;
  #removals: Promise<void> = Promise.resolve();
  #disposal: Promise<void> | null = null;

  constructor({ runner, host, limits = RUN_LIMITS }: RunRegistryOptions) {
    this.#runner = runner;
    this.#host = host;
    this.#limits = limits;
    this.#directory = new SpoolDirectory(host, 'mcp-server');
    this.#sweep = this.#directory.sweep().then(
      () => undefined,
      (error: unknown) => this.#warn('sweep failed', error),
    );
  }

  /** Starts at once; everything that goes wrong is told by the run. */
  start(principal: string, request: ExecutionRequest, session: Session | null = null): Run {
    return this.track(
      { principal, language: request.language, sessionId: session?.id ?? null },
      (options) => new Run(options),
      (run) =>
        run.follow(
          session === null
            ? this.#runner.execute(request, { principal, signal: run.signal })
            : session.execute(request, run.signal),
        ),
    );
  }

  /**
   * What is found, cancelled, bounded and forgotten as a run is.
   *
   * @param follow never rejects, and ends soon after the run was cancelled
   */
  track<Kind extends Run>(
    facts: Pick<RunOptions, 'principal' | 'language' | 'sessionId'>,
    make: (options: RunOptions) => Kind,
    follow: (run: Kind) => Promise<void>,
  ): Kind {
    const { outputBytes, artifactBytes } = this.#limits;
    const run = make({
      ...facts,
      id: randomBytes(RUN_ID_BYTES).toString('hex'),
      directory: this.#directory,
      takeOutputRoom: this.#roomFor(outputBytes),
      takeArtifactRoom: this.#roomFor(artifactBytes),
      logger: this.#host.logger,
    });
    this.#runs.set(run.id, run);
    if (this.#disposal !== null) run.cancel();
    const followed = follow(run).then(() => {
      this.#following.delete(run);
      this.#expire(run);
      this.#forgetBeyondCount(run.principal);
    });
    this.#following.set(run, followed);
    return run;
  }

  /** Resolves at its end, at once where it has ended. */
  async ended(run: Run): Promise<void> {
    await this.#following.get(run);
  }

  /** @throws ClocheError `ERR_REQUEST_INVALID`, the same for an unknown run and for another principal's */
  find(principal: string, id: string): Run {
    const run = this.#runs.get(id);
    if (run === undefined || run.principal !== principal) throw runNotFound();
    return run;
  }

  /** Newest first. */
  list(principal: string): readonly Run[] {
    return [...this.#runs.values()].filter((run) => run.principal === principal).toReversed();
  }

  /** Cancels it where it runs, and removes everything that is kept of it. */
  forget(run: Run): void {
    this.#runs.delete(run.id);
    clearTimeout(this.#expiries.get(run));
    this.#expiries.delete(run);
    run.cancel();
    const removal = this.ended(run).then(() => run.remove());
    this.#removals = Promise.all([
      this.#removals,
      removal.catch((error: unknown) => this.#warn('remove failed', error)),
    ]).then(() => undefined);
  }

  /** Ends what runs, waits for it (at most 4.5 s), removes everything that is kept. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    for (const run of this.#following.keys()) run.cancel();
    for (const expiry of this.#expiries.values()) clearTimeout(expiry);
    const followed = Promise.all([...this.#following.values(), this.#removals, this.#sweep]);
    await waitFor(followed, DISPOSAL_MS, null);
    this.#runs.clear();
    await this.#directory.remove();
  }

  #roomFor(runBytes: number): TakeRoom {
    let left = runBytes;
    return (bytes) => {
      const granted = Math.min(bytes, left, this.#makeRoom(bytes));
      left -= granted;
      return granted;
    };
  }

  /** Forgets ended runs until `bytes` more can be kept. @returns how many can */
  #makeRoom(bytes: number): number {
    let kept = 0;
    for (const run of this.#runs.values()) kept += run.keptBytes;
    while (kept + bytes > this.#limits.totalBytes) {
      const run = this.#nextToGo();
      if (run === null) break;
      kept -= run.keptBytes;
      this.forget(run);
    }
    return Math.max(0, this.#limits.totalBytes - kept);
  }

  /** The oldest ended run of whoever keeps the most: nobody's runs go for the flood of another. */
  #nextToGo(): Run | null {
    const keptBytes = new Map<string, number>();
    const oldest = new Map<string, Run>();
    for (const run of this.#runs.values()) {
      keptBytes.set(run.principal, (keptBytes.get(run.principal) ?? 0) + run.keptBytes);
      if (isIdle(run) && run.keptBytes > 0 && !oldest.has(run.principal)) oldest.set(run.principal, run);
    }
    const [first] = [...oldest].toSorted(
      ([left], [right]) => (keptBytes.get(right) ?? 0) - (keptBytes.get(left) ?? 0),
    );
    return first?.[1] ?? null;
  }

  #forgetBeyondCount(principal: string): void {
    const ended = this.list(principal).filter((run) => run.state !== 'running');
    for (const run of ended.slice(this.#limits.runCount)) if (!run.isInUse) this.forget(run);
  }

  #expire(run: Run): void {
    if (!this.#runs.has(run.id)) return;
    const expiry = setTimeout(() => this.forget(run), this.#limits.keptMs);
    expiry.unref();
    this.#expiries.set(run, expiry);
  }

  #warn(message: string, error: unknown): void {
    const code = (error as NodeJS.ErrnoException | null)?.code ?? String(error);
    this.#host.logger.warn(`stored output of runs: ${message}`, { code });
  }
}

function isIdle(run: Run): boolean {
  return run.state !== 'running' && !run.isInUse;
}
