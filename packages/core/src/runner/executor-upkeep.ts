import type { Executor, Logger } from '../executor/index.ts';
import type { ExecutorRegistry } from '../registry/executor-registry.ts';
import { executorFailure } from './executor-failure.ts';
import type { ExecutorHealth } from './executor-health.ts';
import { logReap, notAsked, reapAvailable, reapIfAvailable } from './reap-executor.ts';
import type { ExecutorReapReport } from './runner.ts';
import { within } from './within.ts';

const PATIENCE_MS = 5000;

/** Lets executors clean up after dead owners: all of them when asked, those in use once by itself. */
export class ExecutorUpkeep {
  readonly #registry: ExecutorRegistry;
  readonly #health: ExecutorHealth;
  readonly #logger: () => Promise<Logger>;
  #background: Promise<unknown> | null = null;

  constructor(registry: ExecutorRegistry, health: ExecutorHealth, logger: () => Promise<Logger>) {
    this.#registry = registry;
    this.#health = health;
    this.#logger = logger;
  }

  /** What is built in at least, where the list of what was added cannot be read. */
  async names(): Promise<readonly string[]> {
    try {
      return await this.#registry.names();
    } catch (error) {
      const logger = await this.#logger();
      logger.error('The list of added executors could not be read.', { reason: reasonOf(error) });
      return this.#registry.builtInNames();
    }
  }

  /** Never rejects. */
  async reapAll(): Promise<readonly ExecutorReapReport[]> {
    const names = await this.names();
    return Promise.all(
      names.map((name) =>
        this.#reap(name, async () => reapIfAvailable(name, await this.#registry.executor(name))),
      ),
    );
  }

  /** After the first result is out, and so never on a run's way; what was not loaded for a run is not loaded for this. */
  reapOnceInBackground(): void {
    this.#background ??= this.#reapCreated();
  }

  /** A server may wait a moment for what is under way; an executor that never comes back does not keep it for ever. */
  async settle(): Promise<void> {
    await within(PATIENCE_MS, () => this.#background ?? Promise.resolve());
  }

  async #reapCreated(): Promise<void> {
    const created = await this.#registry.created();
    // Those that were found unavailable can remove nothing; the others have just run something.
    const isAvailable = ([name]: readonly [string, Executor]): boolean =>
      (this.#health.known(name)?.problem ?? null) === null;
    await Promise.all(
      [...created]
        .filter(isAvailable)
        .map(([name, executor]) => this.#reap(name, () => reapAvailable(name, executor))),
    );
  }

  async #reap(name: string, reap: () => Promise<ExecutorReapReport>): Promise<ExecutorReapReport> {
    const logger = await this.#logger();
    try {
      const report = await reap();
      logReap(logger, report);
      return report;
    } catch (error) {
      logger.warn('An executor could not be asked to clean up.', { executor: name, reason: reasonOf(error) });
      return notAsked(name, executorFailure(name, error).text.message);
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
