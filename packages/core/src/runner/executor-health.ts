import type { ClocheError, Logger } from '../executor/index.ts';
import type { ExecutorRegistry } from '../registry/executor-registry.ts';
import { isFallThrough, noAnswer, unavailableError } from './unavailable-error.ts';
import { TIME_IS_OVER, within } from './within.ts';

const PROBE_TIMEOUT_MS = 1500;
const REPROBE_INTERVAL_MS = 30_000;

interface Finding {
  /** Null: healthy. */
  readonly problem: ClocheError | null;
  /** On the clock of `performance.now()`. */
  readonly foundAtMs: number;
}

/**
 * What is known of each executor's health, so that a run asks only where nothing is known yet. An
 * executor that was found unavailable is asked again in the background, and only while runs happen.
 */
export class ExecutorHealth {
  readonly #registry: ExecutorRegistry;
  readonly #logger: () => Promise<Logger>;
  readonly #findings = new Map<string, Finding>();
  readonly #checks = new Map<string, Promise<ClocheError | null>>();
  readonly #timers = new Map<string, NodeJS.Immediate>();
  readonly #stop = new AbortController();

  constructor(registry: ExecutorRegistry, logger: () => Promise<Logger>) {
    this.#registry = registry;
    this.#logger = logger;
  }

  /** Null where nothing is known. */
  known(name: string): Finding | null {
    return this.#findings.get(name) ?? null;
  }

  /**
   * Asks now; one check serves everybody who waits for it. Null: healthy.
   *
   * @throws whatever is no unavailability: a plugin that does not load, options that are invalid
   */
  check(name: string, keepsProcess = true): Promise<ClocheError | null> {
    const underWay = this.#checks.get(name);
    if (underWay !== undefined) return underWay;
    const check = this.#probe(name, keepsProcess).finally(() => this.#checks.delete(name));
    this.#checks.set(name, check);
    return check;
  }

  markUnavailable(name: string, problem: ClocheError): void {
    this.#findings.set(name, { problem, foundAtMs: performance.now() });
  }

  /** Asks an unavailable executor again, off the path of the run that passed it over, where its last answer is old. */
  recheckInBackground(name: string): void {
    const finding = this.#findings.get(name);
    const isRecent = finding !== undefined && performance.now() - finding.foundAtMs < REPROBE_INTERVAL_MS;
    if (isRecent || this.#timers.has(name) || this.#checks.has(name)) return;
    const timer = setImmediate(() => {
      this.#timers.delete(name);
      void this.#recheck(name);
    });
    // A process that has nothing else to do does not stay for this.
    timer.unref();
    this.#timers.set(name, timer);
  }

  /** Nothing is asked any more, and nobody waits for an answer. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const timer of this.#timers.values()) clearImmediate(timer);
    this.#timers.clear();
    await Promise.allSettled(this.#checks.values());
  }

  async #recheck(name: string): Promise<void> {
    try {
      await this.check(name, false);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      const logger = await this.#logger();
      logger.warn('An executor that was passed over could not be asked again.', {
        executor: name,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async #probe(name: string, keepsProcess: boolean): Promise<ClocheError | null> {
    let problem: ClocheError | null;
    try {
      const executor = await this.#registry.executor(name);
      const options = { signal: this.#stop.signal, keepsProcess };
      const probe = await within(PROBE_TIMEOUT_MS, (signal) => executor.probe({ signal }), options);
      if (probe === TIME_IS_OVER) problem = unavailableError(noAnswer(name, PROBE_TIMEOUT_MS));
      else problem = probe.available ? null : unavailableError(probe);
    } catch (error) {
      if (!isFallThrough(error)) throw error;
      problem = error;
    }
    this.#findings.set(name, { problem, foundAtMs: performance.now() });
    return problem;
  }
}
