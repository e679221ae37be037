import type { RunnerSession } from '@cloche/core';
import type { Execution, ExecutionRequest } from '@cloche/core/executor';

/** A series of runs of one principal that find each other's files. */
export class Session {
  readonly id: string;
  readonly principal: string;
  readonly #runs: RunnerSession;
  readonly #onIdle: () => void;
  #runCount = 0;
  #runningCount = 0;
  #usedAtMs = Date.now();

  constructor(id: string, principal: string, runs: RunnerSession, onIdle: () => void) {
    this.id = id;
    this.principal = principal;
    this.#runs = runs;
    this.#onIdle = onIdle;
  }

  get runCount(): number {
    return this.#runCount;
  }

  get isIdle(): boolean {
    return this.#runningCount === 0;
  }

  /** Since its last run has ended; 0 while one runs. */
  get idleMs(): number {
    return this.isIdle ? Date.now() - this.#usedAtMs : 0;
  }

  execute(request: ExecutionRequest, signal: AbortSignal): Execution {
    this.#runCount += 1;
    const ended = this.use();
    const execution = this.#runs.execute(request, { signal });
    execution.result.then(ended, ended);
    return execution;
  }

  /** Something goes on in it, a program or what writes one. @returns ends that; once */
  use(): () => void {
    this.#runningCount += 1;
    return () => {
      this.#runningCount -= 1;
      this.#usedAtMs = Date.now();
      if (this.isIdle) this.#onIdle();
    };
  }

  /** Cancels its runs and lets go of its files. */
  close(): Promise<void> {
    return this.#runs[Symbol.asyncDispose]();
  }
}
