import type { ExecutionResult, PassedOverExecutor } from '../executor/index.ts';
import { ClocheError, textWithoutFlags } from '../executor/index.ts';
import type { ExecutorRegistry } from '../registry/executor-registry.ts';
import type { ExecutorHealth } from './executor-health.ts';
import type { ExecutorRun } from './executor-run.ts';
import { isFallThrough, isUnavailability } from './unavailable-error.ts';

/**
 * `auto`: the first healthy executor of the order that can carry the plan out. Only what says so
 * before any code has started makes it go on to the next; every other failure is thrown as it is.
 */
export class AutoExecutor {
  readonly #order: readonly string[];
  readonly #registry: ExecutorRegistry;
  readonly #health: ExecutorHealth;

  constructor(order: readonly string[], registry: ExecutorRegistry, health: ExecutorHealth) {
    this.#order = order;
    this.#registry = registry;
    this.#health = health;
  }

  /** @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` with the reason of each when none fits */
  async run(run: ExecutorRun): Promise<ExecutionResult> {
    const reasons = new Map<string, ClocheError>();
    const remembered: string[] = [];
    for (const name of this.#order) {
      const finding = this.#health.known(name);
      if (finding !== null && finding.problem !== null) {
        reasons.set(name, finding.problem);
        remembered.push(name);
        this.#health.recheckInBackground(name);
        continue;
      }
      const result = await this.#try(name, run, reasons, finding !== null);
      if (result !== null) return result;
    }
    // Nothing is left but those that were judged from memory: ask before a run is refused.
    for (const name of remembered) {
      const result = await this.#try(name, run, reasons, false);
      if (result !== null) return result;
    }
    throw nothingFits(this.#order, reasons);
  }

  /** Null, and a reason more, when the executor cannot have the run. */
  async #try(
    name: string,
    run: ExecutorRun,
    reasons: Map<string, ClocheError>,
    isKnownHealthy: boolean,
  ): Promise<ExecutionResult | null> {
    if (!isKnownHealthy) {
      const problem = await untilAborted(this.#health.check(name), run.signal);
      if (problem !== null) {
        reasons.set(name, problem);
        return null;
      }
    }
    try {
      return await run.on(await this.#registry.executor(name), this.#passedOverBefore(name, reasons));
    } catch (error) {
      if (!isFallThrough(error) || !run.mayMoveOn || run.signal.aborted) throw error;
      if (isUnavailability(error)) this.#health.markUnavailable(name, error);
      reasons.set(name, error);
      return null;
    }
  }

  #passedOverBefore(chosen: string, reasons: ReadonlyMap<string, ClocheError>): PassedOverExecutor[] {
    return this.#order.slice(0, this.#order.indexOf(chosen)).flatMap((name) => {
      const reason = reasons.get(name);
      return reason === undefined ? [] : [{ name, code: reason.code, reason: reason.text.message }];
    });
  }
}

/** The check goes on for others; who was aborted does not wait for it. */
function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  return promise;
}

function nothingFits(order: readonly string[], reasons: ReadonlyMap<string, ClocheError>): ClocheError {
  const lines = order.flatMap((name) => {
    const reason = reasons.get(name);
    return reason === undefined ? [] : [{ name, reason }];
  });
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: {
      en: `No executor can run this. ${lines.map(({ name, reason }) => `${name}: ${reason.text.message.en}`).join(' ')}`,
      zh: `没有可用的执行器。${lines.map(({ name, reason }) => `${name}：${reason.text.message.zh}`).join('')}`,
      withoutFlags: {
        en: `No executor can run this. ${lines.map(({ name, reason }) => `${name}: ${textWithoutFlags(reason.text.message).en}`).join(' ')}`,
        zh: `没有可用的执行器。${lines.map(({ name, reason }) => `${name}：${textWithoutFlags(reason.text.message).zh}`).join('')}`,
      },
    },
    hint: bestReason(lines.map(({ reason }) => reason))?.text.hint ?? {
      en: 'See what is wrong with each: cloche doctor',
      zh: '查看各执行器的问题：cloche doctor',
    },
    cause: new AggregateError(lines.map(({ reason }) => reason)),
  });
}

/** The nearest miss: an executor that is there and lacks something, before one that is not there. */
function bestReason(reasons: readonly ClocheError[]): ClocheError | null {
  const withHint = reasons.filter((reason) => reason.text.hint !== null);
  return (
    withHint.find((reason) => !isUnavailability(reason)) ??
    withHint.find((reason) => reason.code === 'ERR_EXECUTOR_UNAVAILABLE') ??
    withHint[0] ??
    null
  );
}
