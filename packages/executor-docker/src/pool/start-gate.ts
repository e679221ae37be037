/**
 * Knows whether containers are being started. Removing one takes the engine nearly as long as starting one, and nobody
 * waits for it, so removals stand back for a while.
 */
export class StartGate {
  #starting = 0;
  #isClosed = false;
  readonly #waiting = new Set<() => void>();

  /** A start begins. @returns what is called when it has ended */
  begin(): () => void {
    this.#starting += 1;
    return () => {
      this.#starting -= 1;
      if (this.#starting === 0) this.#letPass();
    };
  }

  get isBusy(): boolean {
    return this.#starting > 0;
  }

  /** Comes back when nothing is being started, or after `patienceMs`. */
  async whenQuiet(patienceMs: number): Promise<void> {
    if (this.#starting === 0 || this.#isClosed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patienceMs);
    this.#waiting.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }

  /** Nobody waits any more. */
  close(): void {
    this.#isClosed = true;
    this.#letPass();
  }

  #letPass(): void {
    for (const pass of this.#waiting) pass();
  }
}
