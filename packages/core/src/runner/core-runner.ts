import { randomBytes } from 'node:crypto';
import type {
  Execution,
  ExecutionController,
  ExecutionRequest,
  ExecutionResult,
  Executor,
  ExecutorHost,
} from '../executor/index.ts';
import { ClocheError, startExecution } from '../executor/index.ts';
import { ExecutorRegistry } from '../registry/executor-registry.ts';
import { isTraced, TracedExecution } from '../trace/trace-execution.ts';
import { AutoExecutor } from './auto-executor.ts';
import { cancelledResult } from './cancelled-result.ts';
import { processEnvironment } from './environment.ts';
import { ExecutorHealth } from './executor-health.ts';
import { ExecutorRun } from './executor-run.ts';
import { inspectExecutor } from './inspect-executor.ts';
import { runOnNamedExecutor } from './named-executor.ts';
import { logReap, reapAvailable, reapIfAvailable } from './reap-executor.ts';
import type { RunDemands } from './run-demands.ts';
import { runDemands } from './run-demands.ts';
import { RunQueue } from './run-queue.ts';
import type { RunnerConfig } from './runner-config.ts';
import { DEFAULT_RUNNER_CONFIG } from './runner-config.ts';
import type { ExecutorReapReport, ExecutorReport, Runner, RunnerOptions, RunOptions } from './runner.ts';
import { isFallThrough } from './unavailable-error.ts';

interface ActiveRun {
  readonly abort: AbortController;
  readonly result: Promise<ExecutionResult>;
}

export class CoreRunner implements Runner {
  readonly #config: RunnerConfig;
  readonly #options: RunnerOptions;
  readonly #registry: ExecutorRegistry;
  readonly #health: ExecutorHealth;
  readonly #auto: AutoExecutor;
  readonly #queue: RunQueue;
  readonly #active = new Set<ActiveRun>();
  #host: Promise<ExecutorHost> | null = null;
  #backgroundReap: Promise<void> | null = null;
  #disposal: Promise<void> | null = null;

  constructor(options: RunnerOptions) {
    this.#config = { ...DEFAULT_RUNNER_CONFIG, ...options.config };
    checkQueue(this.#config.queue);
    this.#options = options;
    this.#queue = new RunQueue(this.#config.queue);
    this.#registry = new ExecutorRegistry({
      executors: options.executors,
      resolve: options.resolve ?? (() => Promise.resolve(null)),
      addedNames: options.addedNames ?? (() => Promise.resolve([])),
      executorOptions: this.#config.executorOptions,
      originOf: (key) => options.configEntries?.find((entry) => entry.key === key)?.source.name ?? null,
      host: () => this.#getHost(),
    });
    this.#health = new ExecutorHealth(this.#registry, async () => (await this.#getHost()).logger);
    this.#auto = new AutoExecutor(this.#config.auto.order, this.#registry, this.#health);
  }

  execute(request: ExecutionRequest, options: RunOptions = {}): Execution {
    const startedAtMs = performance.now();
    let demands: RunDemands;
    try {
      this.#refuseAfterDispose();
      demands = runDemands(request, this.#config, options);
    } catch (error) {
      return failedExecution(request, error);
    }
    const { plan } = demands;
    const trace = isTraced() ? new TracedExecution(plan, startedAtMs) : null;
    const abort = new AbortController();
    const unlink = linkAbort(options.signal ?? null, abort);

    const execution = startExecution(plan, async (controller) => {
      try {
        const result = await this.#pass(demands, controller, options, abort.signal, trace);
        return { ...result, durationMs: performance.now() - startedAtMs };
      } finally {
        unlink();
        this.#active.delete(active);
      }
    });
    const active: ActiveRun = { abort, result: execution.result };
    this.#active.add(active);
    void execution.result.then(
      (result) => {
        trace?.succeeded(result);
        this.#reapOnce();
      },
      (error: unknown) => trace?.failed(error),
    );
    trace?.returned();
    return execution;
  }

  executorNames(): Promise<readonly string[]> {
    return this.#registry.names();
  }

  async executor(name: string): Promise<Executor> {
    this.#refuseAfterDispose();
    return this.#registry.executor(name);
  }

  async inspect(): Promise<readonly ExecutorReport[]> {
    const { executor, auto } = this.#config;
    const there = await this.#registry.names();
    const named = [...auto.order, executor].filter((name) => name !== 'auto');
    return Promise.all(
      [...new Set([...named, ...there])].map((name) => {
        const origin = this.#registry.isBuiltIn(name)
          ? 'built-in'
          : there.includes(name)
            ? 'added'
            : 'missing';
        return inspectExecutor(name, origin, () => this.executor(name));
      }),
    );
  }

  async reap(): Promise<readonly ExecutorReapReport[]> {
    const reports = await Promise.all(
      (await this.#registry.names()).map((name) =>
        this.#reapOne(name, async () => reapIfAvailable(name, await this.executor(name))),
      ),
    );
    return reports.filter((report) => report !== null);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  /** The way of one run: through the queue, to an executor. */
  async #pass(
    demands: RunDemands,
    controller: ExecutionController,
    options: RunOptions,
    signal: AbortSignal,
    trace: TracedExecution | null,
  ): Promise<ExecutionResult> {
    const name = options.executor ?? this.#config.executor;
    controller.emit({ type: 'stage', stage: 'queue', state: 'started' });
    const release = await this.#queue.enter(options.principal ?? '', signal);
    controller.emit({ type: 'stage', stage: 'queue', state: 'finished' });
    trace?.leftQueue();
    if (release === null) return cancelledResult(demands.plan, name);
    const run = new ExecutorRun(demands, controller, signal);
    try {
      if (name === 'auto') return await this.#auto.run(run);
      return await runOnNamedExecutor(await this.#registry.executor(name), run);
    } catch (error) {
      const nothingRan = run.mayMoveOn && (error === signal.reason || isFallThrough(error));
      if (signal.aborted && nothingRan) return cancelledResult(demands.plan, name);
      throw error;
    } finally {
      release();
    }
  }

  /** After the first result is out, and so never on a run's way; what was not loaded for a run is not loaded for this. */
  #reapOnce(): void {
    this.#backgroundReap ??= this.#reapCreated();
  }

  async #reapCreated(): Promise<void> {
    const created = await this.#registry.created();
    // Those that were found unavailable can remove nothing; the others have just run something.
    const available = [...created].filter(([name]) => (this.#health.known(name)?.problem ?? null) === null);
    await Promise.all(
      available.map(([name, executor]) => this.#reapOne(name, () => reapAvailable(name, executor))),
    );
  }

  async #reapOne(
    name: string,
    reap: () => Promise<ExecutorReapReport | null>,
  ): Promise<ExecutorReapReport | null> {
    const { logger } = await this.#getHost();
    try {
      const report = await reap();
      if (report !== null) logReap(logger, report);
      return report;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn('An executor could not be asked to clean up.', { executor: name, reason });
      return null;
    }
  }

  async #dispose(): Promise<void> {
    for (const { abort } of this.#active) abort.abort(disposed());
    await Promise.allSettled([...this.#active].map(({ result }) => result));
    await this.#health.stop();
    await this.#backgroundReap;
    const created = await this.#registry.created();
    const outcomes = await Promise.allSettled(
      [...created.values()].map((executor) => executor[Symbol.asyncDispose]()),
    );
    const failures = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    if (failures.length > 0) throw disposeFailed(failures);
  }

  #refuseAfterDispose(): void {
    if (this.#disposal !== null) throw disposed();
  }

  #getHost(): Promise<ExecutorHost> {
    this.#host ??= this.#options.host === undefined ? defaultHost() : Promise.resolve(this.#options.host);
    return this.#host;
  }
}

function checkQueue({ concurrency, length }: RunnerConfig['queue']): void {
  const isCount =
    Number.isInteger(concurrency) && concurrency >= 1 && Number.isInteger(length) && length >= 0;
  if (isCount) return;
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The queue has a concurrency of ${concurrency} and a length of ${length}; they must be whole numbers, at least 1 and 0.`,
      zh: `队列的并发数为 ${concurrency}，长度为 ${length}；必须是整数，且分别至少为 1 和 0。`,
    },
    hint: {
      en: 'Set queue.concurrency (CLOCHE_QUEUE_CONCURRENCY) and queue.length (CLOCHE_QUEUE_LENGTH).',
      zh: '请设置 queue.concurrency（CLOCHE_QUEUE_CONCURRENCY）和 queue.length（CLOCHE_QUEUE_LENGTH）。',
    },
  });
}

/** Loaded only where a program brings no host of its own. */
async function defaultHost(): Promise<ExecutorHost> {
  const { createExecutorHost } = await import('../host/create-executor-host.ts');
  return createExecutorHost({ environment: processEnvironment() });
}

function failedExecution(request: ExecutionRequest, error: unknown): Execution {
  const streams = typeof request.stdin === 'object' && 'kind' in request.stdin;
  const plan = { id: randomBytes(12).toString('hex'), stdin: { kind: streams ? 'stream' : 'none' } } as const;
  return startExecution(plan, async () => {
    throw error;
  });
}

/** Not `AbortSignal.any`: a caller's signal may serve many runs, and keeps nothing of those that have ended. */
function linkAbort(signal: AbortSignal | null, abort: AbortController): () => void {
  if (signal === null) return () => undefined;
  const onAbort = (): void => abort.abort(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return () => signal.removeEventListener('abort', onAbort);
}

function disposed(): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: { en: 'This runner is disposed and takes no more runs.', zh: '该运行器已释放，不再接受执行。' },
    hint: { en: 'Create another with createRunner().', zh: '请用 createRunner() 新建一个。' },
  });
}

function disposeFailed(failures: readonly unknown[]): ClocheError {
  const detail = failures
    .map((failure) => (failure instanceof Error ? failure.message : String(failure)))
    .join('; ');
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: { en: `An executor could not be disposed: ${detail}`, zh: `无法释放执行器：${detail}` },
    cause: failures.length === 1 ? failures[0] : new AggregateError(failures),
  });
}
