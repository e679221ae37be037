const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npx and other wrappers send Ctrl-C on, which the terminal has sent us already: one press, two signals. */
const SAME_PRESS_MS = 200;

/** Turns the signals that end a process, and a client that reads no more, into an abort of the server. */
export class ServerEnding {
  readonly #controller = new AbortController();
  #firstAtMs: number | null = null;

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Nobody is there any more to whom an answer could go. */
  clientGone(): void {
    this.#controller.abort();
  }

  /** Resolves when the server is to end. */
  async ended(): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Signals mean again what they mean to every process. */
  dispose(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }

  readonly #onSignal = (): void => {
    const nowMs = performance.now();
    this.#firstAtMs ??= nowMs;
    // Whoever asks a second time does not want to wait for an orderly end.
    if (nowMs - this.#firstAtMs > SAME_PRESS_MS) process.exit(1);
    this.#controller.abort();
  };
}
