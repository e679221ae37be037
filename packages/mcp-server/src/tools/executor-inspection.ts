import type { ExecutorReport, Runner } from '@cloche/core';

const KEPT_MS = 10_000;

/** What the runner finds out about its executors, asked once for everybody who asks within some seconds. */
export class ExecutorInspection {
  readonly #runner: Runner;
  #latest: { readonly askedAtMs: number; readonly reports: Promise<readonly ExecutorReport[]> } | null = null;

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** Bounded in time by the runner. */
  reports(): Promise<readonly ExecutorReport[]> {
    const nowMs = performance.now();
    if (this.#latest === null || nowMs - this.#latest.askedAtMs > KEPT_MS) {
      this.#latest = { askedAtMs: nowMs, reports: this.#runner.inspect() };
    }
    return this.#latest.reports;
  }
}
