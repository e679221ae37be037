import type {
  Execution,
  ExecutionRequest,
  Executor,
  ExecutorHost,
  LanguageId,
  Logger,
} from '../executor/index.ts';
import { startExecution } from '../executor/index.ts';
import { ExecutorRegistry } from '../registry/executor-registry.ts';
import { isTraced, TracedExecution } from '../trace/trace-execution.ts';
import { ActiveWork } from './active-work.ts';
import { AutoExecutor } from './auto-executor.ts';
import { checkQueue } from './check-queue.ts';
import { disposed, disposeFailed } from './dispose-errors.ts';
import { processEnvironment } from './environment.ts';
import { ExecutorHealth } from './executor-health.ts';
import { ExecutorUpkeep } from './executor-upkeep.ts';
import { failedExecution } from './failed-execution.ts';
import { inspectExecutor } from './inspect-executor.ts';
import { prepareExecutor } from './prepare-executor.ts';
import type { RunDemands } from './run-demands.ts';
import { runDemands } from './run-demands.ts';
import { RunDispatcher } from './run-dispatcher.ts';
import { RunQueue } from './run-queue.ts';
import type { RunnerConfig } from './runner-config.ts';
import { DEFAULT_RUNNER_CONFIG } from './runner-config.ts';
import type { RunPlace } from './run-place.ts';
import { FRESH_PLACE } from './run-place.ts';
import type { ExecutorReapReport, ExecutorReport, Runner, RunnerOptions, RunOptions } from './runner.ts';
import { CoreSession } from './session/core-session.ts';
import type { RunnerSession, SessionOptions } from './session/runner-session.ts';
import { SessionPlace } from './session/session-place.ts';

export class CoreRunner implements Runner {
  readonly #config: RunnerConfig;
  readonly #options: RunnerOptions;
  readonly #registry: ExecutorRegistry;
  readonly #health: ExecutorHealth;
  readonly #dispatcher: RunDispatcher;
  readonly #upkeep: ExecutorUpkeep;
  readonly #active = new ActiveWork();
  readonly #sessions = new Set<CoreSession>();
  #host: Promise<ExecutorHost> | null = null;
  #disposal: Promise<void> | null = null;

  constructor(options: RunnerOptions) {
    this.#config = { ...DEFAULT_RUNNER_CONFIG, ...options.config };
    checkQueue(this.#config.queue);
    this.#options = options;
    this.#registry = new ExecutorRegistry({
      executors: options.executors,
      resolve: options.resolve ?? (() => Promise.resolve(null)),
      addedNames: options.addedNames ?? (() => Promise.resolve([])),
      executorOptions: this.#config.executorOptions,
      originOf: (key) => options.configEntries?.find((entry) => entry.key === key)?.source.name ?? null,
      host: () => this.#getHost(),
    });
    const logger = async (): Promise<Logger> => (await this.#getHost()).logger;
    this.#health = new ExecutorHealth(this.#registry, logger);
    this.#upkeep = new ExecutorUpkeep(this.#registry, this.#health, logger);
    this.#dispatcher = new RunDispatcher({
      queue: new RunQueue(this.#config.queue),
      registry: this.#registry,
      auto: new AutoExecutor(this.#config.auto.order, this.#registry, this.#health),
      executor: this.#config.executor,
    });
  }

  execute(request: ExecutionRequest, options: RunOptions = {}): Execution {
    return this.#start(request, options, FRESH_PLACE);
  }

  openSession({ fileBytes, ...options }: SessionOptions = {}): RunnerSession {
    this.#refuseAfterDispose();
    const { limits, queue } = this.#config;
    const place = new SessionPlace({
      files: { bytes: fileBytes ?? limits.inputBytes, count: limits.inputCount },
      queueLength: queue.length,
    });
    const session = new CoreSession({
      place,
      start: (request, signal) => this.#start(request, { ...options, signal }, place),
      refuse: failedExecution,
      onClosed: (closed) => this.#sessions.delete(closed),
    });
    this.#sessions.add(session);
    return session;
  }

  #start(request: ExecutionRequest, options: RunOptions, place: RunPlace): Execution {
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
    const work = this.#active.begin(options.signal ?? null);
    const { signal } = work;
    const execution = startExecution(plan, async (controller) => {
      const dispatched = { demands, controller, options, place, signal, trace };
      const result = await this.#dispatcher.dispatch(dispatched);
      return { ...result, durationMs: performance.now() - startedAtMs };
    });
    void work.follow(execution.result).then(
      (result) => {
        trace?.succeeded(result);
        this.#upkeep.reapOnceInBackground();
      },
      (error: unknown) => trace?.failed(error),
    );
    trace?.returned();
    return execution;
  }

  async prepare(
    language: LanguageId,
    { executor, signal }: Pick<RunOptions, 'executor' | 'signal'> = {},
  ): Promise<void> {
    if (this.#disposal !== null) return;
    const work = this.#active.begin(signal ?? null);
    const name = executor ?? this.#config.executor;
    const names = name === 'auto' ? this.#config.auto.order : [name];
    const health = name === 'auto' ? this.#health : null;
    await work.follow(prepareExecutor(names, language, { registry: this.#registry, health }, work.signal));
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
    const there = await this.#upkeep.names();
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
    this.#refuseAfterDispose();
    return this.#upkeep.reapAll();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    await this.#active.abortAll(disposed());
    const closed = await Promise.allSettled(
      [...this.#sessions].map((session) => session[Symbol.asyncDispose]()),
    );
    await this.#health.stop();
    await this.#upkeep.settle();
    const created = await this.#registry.created();
    const outcomes = await Promise.allSettled(
      [...created.values()].map((executor) => executor[Symbol.asyncDispose]()),
    );
    const failures = [...closed, ...outcomes].flatMap((outcome) =>
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

/** Loaded only where a program brings no host of its own. */
async function defaultHost(): Promise<ExecutorHost> {
  const { createExecutorHost } = await import('../host/create-executor-host.ts');
  return createExecutorHost({ environment: processEnvironment() });
}
