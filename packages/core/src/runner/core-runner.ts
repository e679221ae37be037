import { randomBytes } from 'node:crypto';
import type {
  Execution,
  ExecutionController,
  ExecutionRequest,
  ExecutionResult,
  Executor,
  ExecutorHost,
  LanguageId,
  Logger,
} from '../executor/index.ts';
import { startExecution } from '../executor/index.ts';
import { ExecutorRegistry } from '../registry/executor-registry.ts';
import { isTraced, TracedExecution } from '../trace/trace-execution.ts';
import { AutoExecutor } from './auto-executor.ts';
import { cancelledResult } from './cancelled-result.ts';
import { checkQueue } from './check-queue.ts';
import { disposed, disposeFailed } from './dispose-errors.ts';
import { processEnvironment } from './environment.ts';
import { ExecutorHealth } from './executor-health.ts';
import { ExecutorRun } from './executor-run.ts';
import { ExecutorUpkeep } from './executor-upkeep.ts';
import { inspectExecutor } from './inspect-executor.ts';
import { linkAbort } from './link-abort.ts';
import { runOnNamedExecutor } from './named-executor.ts';
import { prepareExecutor } from './prepare-executor.ts';
import type { RunDemands } from './run-demands.ts';
import { runDemands } from './run-demands.ts';
import type { ReleasePlace } from './run-queue.ts';
import { RunQueue } from './run-queue.ts';
import type { RunnerConfig } from './runner-config.ts';
import { DEFAULT_RUNNER_CONFIG } from './runner-config.ts';
import type { RunPlace } from './run-place.ts';
import { FRESH_PLACE } from './run-place.ts';
import type { ExecutorReapReport, ExecutorReport, Runner, RunnerOptions, RunOptions } from './runner.ts';
import { CoreSession } from './session/core-session.ts';
import type { RunnerSession, SessionOptions } from './session/runner-session.ts';
import { SessionPlace } from './session/session-place.ts';
import { isFallThrough } from './unavailable-error.ts';

/** One run on its way. */
interface Passage {
  readonly demands: RunDemands;
  readonly controller: ExecutionController;
  readonly options: RunOptions;
  readonly place: RunPlace;
  readonly signal: AbortSignal;
  readonly trace: TracedExecution | null;
}

interface ActiveRun {
  readonly abort: AbortController;
  readonly result: Promise<unknown>;
}

export class CoreRunner implements Runner {
  readonly #config: RunnerConfig;
  readonly #options: RunnerOptions;
  readonly #registry: ExecutorRegistry;
  readonly #health: ExecutorHealth;
  readonly #auto: AutoExecutor;
  readonly #queue: RunQueue;
  readonly #upkeep: ExecutorUpkeep;
  readonly #active = new Set<ActiveRun>();
  readonly #sessions = new Set<CoreSession>();
  #host: Promise<ExecutorHost> | null = null;
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
    const logger = async (): Promise<Logger> => (await this.#getHost()).logger;
    this.#health = new ExecutorHealth(this.#registry, logger);
    this.#upkeep = new ExecutorUpkeep(this.#registry, this.#health, logger);
    this.#auto = new AutoExecutor(this.#config.auto.order, this.#registry, this.#health);
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
    const abort = new AbortController();
    const unlink = linkAbort(options.signal ?? null, abort);

    const execution = startExecution(plan, async (controller) => {
      try {
        const result = await this.#pass({ demands, controller, options, place, signal: abort.signal, trace });
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
    const abort = new AbortController();
    const unlink = linkAbort(signal ?? null, abort);
    const name = executor ?? this.#config.executor;
    const names = name === 'auto' ? this.#config.auto.order : [name];
    const health = name === 'auto' ? this.#health : null;
    const result = prepareExecutor(names, language, { registry: this.#registry, health }, abort.signal);
    const active: ActiveRun = { abort, result };
    this.#active.add(active);
    try {
      await result;
    } finally {
      unlink();
      this.#active.delete(active);
    }
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

  /** The way of one run: through the queue, to an executor. */
  async #pass({ demands, controller, options, place, signal, trace }: Passage): Promise<ExecutionResult> {
    controller.emit({ type: 'stage', stage: 'queue', state: 'started' });
    const release = await this.#admit(place, options.principal ?? '', signal);
    controller.emit({ type: 'stage', stage: 'queue', state: 'finished' });
    trace?.leftQueue();
    const name = place.boundTo ?? options.executor ?? this.#config.executor;
    if (release === null) return cancelledResult(demands.plan, name);
    const run = new ExecutorRun(demands, controller, signal, place);
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

  /** A place takes its runs one after the other, and a run that waits for its turn there waits in no queue. */
  async #admit(place: RunPlace, principal: string, signal: AbortSignal): Promise<ReleasePlace | null> {
    const leave = await place.enter(signal);
    if (leave === null) return null;
    let release: ReleasePlace | null = null;
    try {
      release = await this.#queue.enter(principal, signal);
    } finally {
      if (release === null) leave();
    }
    if (release === null) return null;
    const queue = release;
    return () => {
      queue();
      leave();
    };
  }

  async #dispose(): Promise<void> {
    for (const { abort } of this.#active) abort.abort(disposed());
    await Promise.allSettled([...this.#active].map(({ result }) => result));
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

function failedExecution(request: ExecutionRequest, error: unknown): Execution {
  const streams = typeof request.stdin === 'object' && 'kind' in request.stdin;
  const plan = { id: randomBytes(12).toString('hex'), stdin: { kind: streams ? 'stream' : 'none' } } as const;
  return startExecution(plan, async () => {
    throw error;
  });
}
