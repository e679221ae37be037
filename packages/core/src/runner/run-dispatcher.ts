import type { ExecutionController, ExecutionResult } from '../executor/index.ts';
import type { ExecutorRegistry } from '../registry/executor-registry.ts';
import type { TracedExecution } from '../trace/trace-execution.ts';
import type { AutoExecutor } from './auto-executor.ts';
import { cancelledResult } from './cancelled-result.ts';
import { ExecutorRun } from './executor-run.ts';
import { runOnNamedExecutor } from './named-executor.ts';
import type { RunDemands } from './run-demands.ts';
import type { RunPlace } from './run-place.ts';
import type { ReleasePlace, RunQueue } from './run-queue.ts';
import type { RunOptions } from './runner.ts';
import { isFallThrough } from './unavailable-error.ts';

export interface RunDispatcherOptions {
  readonly queue: RunQueue;
  readonly registry: ExecutorRegistry;
  readonly auto: AutoExecutor;
  /** For runs that name none: `auto`, or a name. */
  readonly executor: string;
}

/** One run on its way. */
export interface DispatchedRun {
  readonly demands: RunDemands;
  readonly controller: ExecutionController;
  readonly options: Pick<RunOptions, 'executor' | 'principal'>;
  readonly place: RunPlace;
  readonly signal: AbortSignal;
  /** Null: nobody measures it. */
  readonly trace: TracedExecution | null;
}

/** The way of a run: through the queue, to an executor. */
export class RunDispatcher {
  readonly #options: RunDispatcherOptions;

  constructor(options: RunDispatcherOptions) {
    this.#options = options;
  }

  /** @throws whatever the queue refuses it with, or the executor fails with */
  async dispatch(dispatched: DispatchedRun): Promise<ExecutionResult> {
    const { demands, controller, options, place, signal, trace } = dispatched;
    const { auto, registry } = this.#options;
    controller.emit({ type: 'stage', stage: 'queue', state: 'started' });
    const release = await this.#admit(place, options.principal ?? '', signal);
    controller.emit({ type: 'stage', stage: 'queue', state: 'finished' });
    trace?.leftQueue();
    const name = place.boundTo ?? options.executor ?? this.#options.executor;
    if (release === null) return cancelledResult(demands.plan, name);
    const run = new ExecutorRun(demands, controller, signal, place);
    try {
      if (name === 'auto') return await auto.run(run);
      return await runOnNamedExecutor(await registry.executor(name), run);
    } catch (error) {
      const nothingRan = run.mayMoveOn && (error === signal.reason || isFallThrough(error));
      if (signal.aborted && nothingRan) return cancelledResult(demands.plan, name);
      throw error;
    } finally {
      release();
    }
  }

  /**
   * A place takes its runs one after the other, and a run that waits for its turn there waits in no queue.
   *
   * @returns gives both up; null where the run was cancelled before
   */
  async #admit(place: RunPlace, principal: string, signal: AbortSignal): Promise<ReleasePlace | null> {
    const leave = await place.enter(signal);
    if (leave === null) return null;
    let release: ReleasePlace | null = null;
    try {
      release = await this.#options.queue.enter(principal, signal);
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
}
