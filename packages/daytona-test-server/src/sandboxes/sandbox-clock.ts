import type { HostedSandbox } from './hosted-sandbox.ts';

export interface ClockActions {
  stop(sandbox: HostedSandbox): Promise<void>;
  destroy(sandbox: HostedSandbox): void;
}

/** Stops sandboxes that nobody asks anything, and deletes those that have been stopped for long. */
export class SandboxClock {
  readonly #minuteMs: number;
  readonly #actions: ClockActions;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(minuteMs: number, actions: ClockActions) {
    this.#minuteMs = minuteMs;
    this.#actions = actions;
  }

  noteActivity(sandbox: HostedSandbox): void {
    sandbox.lastActivityAtMs = Date.now();
    this.schedule(sandbox);
  }

  /** Starts counting anew, by what is due to the sandbox in its state. */
  schedule(sandbox: HostedSandbox): void {
    this.forget(sandbox);
    const minutes = sandbox.state === 'started' ? sandbox.autoStopMinutes : sandbox.autoDeleteMinutes;
    const isDue = sandbox.state === 'started' ? sandbox.openRequests === 0 : sandbox.state === 'stopped';
    if (!isDue || minutes <= 0) return;
    const timer = setTimeout(() => this.#act(sandbox), minutes * this.#minuteMs);
    this.#timers.set(sandbox.id, timer.unref());
  }

  forget(sandbox: HostedSandbox): void {
    clearTimeout(this.#timers.get(sandbox.id));
    this.#timers.delete(sandbox.id);
  }

  #act(sandbox: HostedSandbox): void {
    this.#timers.delete(sandbox.id);
    if (sandbox.state === 'stopped') this.#actions.destroy(sandbox);
    else void this.#actions.stop(sandbox);
  }
}
