import type { LoadedConfig, Runner } from '@cloche/core';
import type { Logger } from '@cloche/core/executor';
import { ending } from '../http/request-refused.ts';

interface PooledRunner {
  readonly key: string;
  readonly runner: Runner;
  users: number;
}

export interface RunnerLease {
  readonly runner: Runner;
  readonly release: () => void;
}

/** The runner of the configuration as it is now, and those of earlier ones until their last run has ended. */
export class RunnerPool {
  readonly #open: (loaded: LoadedConfig) => Runner;
  readonly #logger: Logger;
  readonly #retired = new Set<PooledRunner>();
  readonly #disposals = new Set<Promise<void>>();
  #current: PooledRunner | null = null;
  #isClosed = false;

  constructor(open: (loaded: LoadedConfig) => Runner, logger: Logger) {
    this.#open = open;
    this.#logger = logger;
  }

  /** @throws RequestRefused 503 where the server ends */
  lease(loaded: LoadedConfig): RunnerLease {
    if (this.#isClosed) throw ending();
    const key = keyOf(loaded);
    if (this.#current?.key !== key) {
      const runner = this.#open(loaded);
      const former = this.#current;
      this.#current = { key, runner, users: 0 };
      if (former !== null) this.#retire(former);
    }
    const pooled = this.#current;
    pooled.users += 1;
    let isReleased = false;
    return {
      runner: pooled.runner,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        pooled.users -= 1;
        if (this.#retired.has(pooled) && pooled.users === 0) this.#dispose(pooled);
      },
    };
  }

  /** Cancels what runs, and resolves when nothing is left of it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const current = this.#current;
    this.#current = null;
    if (current !== null) this.#dispose(current);
    for (const pooled of this.#retired) this.#dispose(pooled);
    await Promise.all(this.#disposals);
  }

  #retire(pooled: PooledRunner): void {
    if (pooled.users === 0) this.#dispose(pooled);
    else this.#retired.add(pooled);
  }

  #dispose(pooled: PooledRunner): void {
    this.#retired.delete(pooled);
    const disposal = pooled.runner[Symbol.asyncDispose]().catch((error: unknown) => {
      this.#logger.warn('a runner could not be ended', {
        error: error instanceof Error ? error.message : 'unknown',
      });
    });
    this.#disposals.add(disposal);
    void disposal.finally(() => this.#disposals.delete(disposal));
  }
}

/** Which executor is taken, and what writes programs, is said with each run and needs no other runner. */
function keyOf({ config }: LoadedConfig): string {
  const { executor: _executor, generator: _generator, locale: _locale, ...rest } = config;
  return JSON.stringify(rest);
}
