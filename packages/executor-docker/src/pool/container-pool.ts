import type { ExecutorHost } from '@cloche/core/executor';
import type { ContainerSpec } from '../container/container-spec.ts';
import { specKey } from '../container/container-spec.ts';
import type { StartedAhead } from '../container/job-script.ts';
import { SandboxContainer } from '../container/sandbox-container.ts';
import { aheadKey } from '../container/start-ahead.ts';
import type { Engine } from '../engine/engine.ts';
import type { PoolOptions } from '../options.ts';
import type { ContainerDisposal } from './container-disposal.ts';
import type { StartGate } from './start-gate.ts';

const MEBIBYTE = 1024 * 1024;
/** What a waiting container takes of the machine: the agent's shell, the engine's shim, an interpreter. Measured. */
const WAITING_BYTES = 24 * MEBIBYTE;
const INTERPRETER_BYTES = 48 * MEBIBYTE;
/** A container that is started while programs run takes a processor from them. */
const QUIET_MS = 20;
/** Under steady load there is never a quiet moment; then one is started at a time all the same. */
const PATIENCE_MS = 400;
/** The longest run that a request may ask for, and some time for what comes before and after. */
const LONGEST_RUN_MS = 86_400_000 + 3_600_000;
const FAILURE_PAUSE_MS = 5000;

/** What a run needs: the container, and what could wait in it. */
export interface Recipe {
  readonly spec: ContainerSpec;
  readonly ahead: StartedAhead | null;
}

export interface PoolParts {
  readonly engine: Engine;
  readonly host: ExecutorHost;
  readonly options: PoolOptions;
  readonly gate: StartGate;
  readonly disposal: ContainerDisposal;
}

interface Demand extends Recipe {
  lastUsedAtMs: number;
  /** Runs of it that are under way now, and the most that were at one time. */
  running: number;
  peak: number;
}

interface Waiting {
  readonly container: SandboxContainer;
  readonly key: string;
  readonly specKey: string;
  isReady: boolean;
  timer: NodeJS.Timeout | null;
}

/**
 * Containers that are started before they are needed. It learns from the runs what to keep ready, fills up after
 * results are out, and gives everything back on {@link ContainerPool.close}.
 */
export class ContainerPool {
  readonly #engine: Engine;
  readonly #host: ExecutorHost;
  readonly #options: PoolOptions;
  readonly #gate: StartGate;
  readonly #disposal: ContainerDisposal;
  readonly #waiting: Waiting[] = [];
  readonly #demands = new Map<string, Demand>();
  readonly #closing = new AbortController();
  #active = 0;
  #filling: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #wantedSinceMs: number | null = null;
  #pausedUntilMs = 0;

  constructor(parts: PoolParts) {
    this.#engine = parts.engine;
    this.#host = parts.host;
    this.#options = parts.options;
    this.#gate = parts.gate;
    this.#disposal = parts.disposal;
  }

  /** A container of this kind that waits, or is nearly there; null for none. The caller removes it. */
  take(recipe: Recipe): SandboxContainer | null {
    const fit = { spec: specKey(recipe.spec), whole: recipeKey(recipe) };
    const candidates = this.#waiting.filter((one) => one.specKey === fit.spec && !one.container.isLost);
    const rank = (one: Waiting): number => (one.isReady ? 2 : 0) + (one.key === fit.whole ? 1 : 0);
    const [best] = candidates.toSorted((one, other) => rank(other) - rank(one));
    if (best === undefined) return null;
    this.#forget(best);
    best.container.keepProcess(true);
    return best.container;
  }

  /** A run of this kind begins. @returns what is called once its result is out */
  began(recipe: Recipe): () => void {
    const demand = this.#demandFor(recipe);
    this.#active += 1;
    demand.running += 1;
    demand.peak = Math.max(demand.peak, demand.running);
    return () => {
      this.#active -= 1;
      demand.running -= 1;
      demand.lastUsedAtMs = performance.now();
      this.#wantedSinceMs ??= performance.now();
      this.#schedule();
    };
  }

  /** Ends and removes every container that waits or is being started. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    // The one that is being started too: it may never come to say that it is ready.
    for (const one of this.#waiting.slice()) this.#discard(one);
    await this.#filling;
    for (const one of this.#waiting.slice()) this.#discard(one);
  }

  #demandFor(recipe: Recipe): Demand {
    const key = recipeKey(recipe);
    let demand = this.#demands.get(key);
    if (demand === undefined) {
      demand = { ...recipe, lastUsedAtMs: performance.now(), running: 0, peak: 0 };
      this.#demands.set(key, demand);
    }
    return demand;
  }

  #schedule(): void {
    if (this.#closing.signal.aborted || this.#timer !== null || this.#filling !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const isUrgent = this.#wantedSinceMs !== null && performance.now() - this.#wantedSinceMs > PATIENCE_MS;
      // A run that waits for its own container comes first, however long that goes on.
      if (this.#gate.isBusy || (this.#active > 0 && !isUrgent)) return this.#schedule();
      this.#filling = this.#fill().finally(() => {
        this.#filling = null;
        const isFull = this.#next() === null;
        this.#wantedSinceMs = isFull ? null : performance.now();
        if (!isFull) this.#schedule();
      });
    }, QUIET_MS);
    // A process that has nothing else to do does not stay for this.
    this.#timer.unref();
  }

  /** Starts one. */
  async #fill(): Promise<void> {
    const next = this.#next();
    if (next === null) return;
    this.#makeRoomFor(next);
    const container = new SandboxContainer({
      ...next,
      engine: this.#engine,
      owner: this.#host.owner,
      idleMs: this.#options.idleMs,
      deadlineMs: Date.now() + this.#options.idleMs + LONGEST_RUN_MS,
    });
    const one: Waiting = {
      container,
      key: recipeKey(next),
      specKey: specKey(next.spec),
      isReady: false,
      timer: null,
    };
    this.#waiting.push(one);
    const started = this.#gate.begin();
    try {
      await container.start(this.#closing.signal);
      await container.greeting;
      if (!this.#waiting.includes(one)) return;
      one.isReady = true;
      container.keepProcess(false);
      one.timer = setTimeout(() => this.#discard(one), this.#options.idleMs);
      one.timer.unref();
      void container.over.then(() => this.#discard(one));
    } catch (error) {
      this.#discard(one);
      this.#pausedUntilMs = performance.now() + FAILURE_PAUSE_MS;
      if (this.#closing.signal.aborted) return;
      this.#host.logger.debug('a container could not be started ahead', {
        reason: error instanceof Error ? error.message : String(error),
      });
    } finally {
      started();
    }
  }

  /** What is missing most: by the last use, as many of each as ran at one time. */
  #next(): Recipe | null {
    if (this.#closing.signal.aborted || performance.now() < this.#pausedUntilMs) return null;
    let [room, bytes] = [this.#options.size, this.#options.memoryBytes];
    for (const demand of this.#recentDemands()) {
      const key = recipeKey(demand);
      const there = this.#waiting.filter((one) => one.key === key).length;
      const wanted = Math.min(demand.peak, room, Math.floor(bytes / waitingBytes(demand)));
      if (there < wanted) return { spec: demand.spec, ahead: demand.ahead };
      room -= wanted;
      bytes -= wanted * waitingBytes(demand);
    }
    return null;
  }

  #recentDemands(): Demand[] {
    const now = performance.now();
    for (const [key, { lastUsedAtMs, running }] of this.#demands) {
      if (running === 0 && now - lastUsedAtMs > this.#options.idleMs) this.#demands.delete(key);
    }
    return [...this.#demands.values()].toSorted((one, other) => other.lastUsedAtMs - one.lastUsedAtMs);
  }

  /** Gives up those that were asked for the longest time ago. */
  #makeRoomFor(recipe: Recipe): void {
    const usedAtMs = (key: string): number => this.#demands.get(key)?.lastUsedAtMs ?? 0;
    const byAge = this.#waiting
      .filter((one) => one.key !== recipeKey(recipe))
      .toSorted((one, other) => usedAtMs(one.key) - usedAtMs(other.key));
    const isFull = (): boolean =>
      this.#waiting.length >= this.#options.size ||
      this.#waiting.reduce((sum, { container }) => sum + waitingBytes(container), waitingBytes(recipe)) >
        this.#options.memoryBytes;
    while (isFull()) {
      const oldest = byAge.shift();
      if (oldest === undefined) return;
      this.#discard(oldest);
    }
  }

  #forget(one: Waiting): void {
    const index = this.#waiting.indexOf(one);
    if (index >= 0) this.#waiting.splice(index, 1);
    if (one.timer !== null) clearTimeout(one.timer);
  }

  #discard(one: Waiting): void {
    if (!this.#waiting.includes(one)) return;
    this.#forget(one);
    this.#disposal.add(one.container);
  }
}

function recipeKey({ spec, ahead }: Recipe): string {
  return `${specKey(spec)} ${aheadKey(ahead)}`;
}

function waitingBytes({ ahead }: Pick<Recipe, 'ahead'>): number {
  return WAITING_BYTES + (ahead === null ? 0 : INTERPRETER_BYTES);
}
