import type { PlanStdin } from '../plan/execution-plan.ts';
import type { ExecutionResult } from '../result/execution-result.ts';
import type { Execution } from './execution.ts';
import type { ExecutionController } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

/** The executions of one executor that are under way, each with a way to end it. */
export class RunningExecutions {
  readonly #running = new Map<Execution, AbortController>();

  /**
   * Starts one as {@link startExecution} does.
   *
   * @param signal the caller's; what the body gets is aborted with it, and by {@link endAll}
   */
  start(
    plan: { readonly id: string; readonly stdin: PlanStdin },
    signal: AbortSignal,
    body: (controller: ExecutionController, signal: AbortSignal) => Promise<ExecutionResult>,
  ): Execution {
    const abort = new AbortController();
    const execution = startExecution(plan, (controller) => body(controller, abort.signal));
    const pass = (): void => abort.abort();
    if (signal.aborted) pass();
    signal.addEventListener('abort', pass, { once: true });
    this.#running.set(execution, abort);
    const forget = (): void => {
      signal.removeEventListener('abort', pass);
      this.#running.delete(execution);
    };
    execution.result.then(forget, forget);
    return execution;
  }

  /** Cancels every one and waits for its end. */
  async endAll(): Promise<void> {
    const results = [...this.#running].map(([execution, abort]) => {
      abort.abort();
      return execution.result;
    });
    await Promise.allSettled(results);
  }
}
