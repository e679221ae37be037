import type { Execution, ExecutionController } from '../executor/index.ts';

/**
 * Carries what the caller writes to the executor's execution, one chunk at a time. A chunk that an
 * execution did not take waits for the next one, so that going on to another executor loses nothing.
 */
export class StdinRelay {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #next: Promise<IteratorResult<Uint8Array>> | null = null;
  #target: Execution | null = null;
  #isRefused = false;
  #isCommitted = false;

  constructor(controller: ExecutionController) {
    this.#chunks = controller.stdin[Symbol.asyncIterator]();
  }

  /** Whether a program may have seen input already, so that it cannot begin anew elsewhere. */
  get isCommitted(): boolean {
    return this.#isCommitted;
  }

  connect(target: Execution): void {
    this.#target = target;
    this.#isRefused = false;
    // An executor whose write() throws reads no more: the caller's writes answer false.
    this.#carry(target).catch(() => this.#refuse());
  }

  /** What was not taken is kept for another execution. */
  disconnect(): void {
    this.#target = null;
  }

  /** There will be no other execution: what this one does not take, nobody will. */
  commit(): void {
    if (this.#isCommitted) return;
    this.#isCommitted = true;
    if (this.#isRefused) this.#refuse();
  }

  async #carry(target: Execution): Promise<void> {
    for (;;) {
      this.#next ??= this.#chunks.next();
      const next = await this.#next;
      if (this.#target !== target) return;
      if (next.done === true) {
        target.closeStdin();
        return;
      }
      if (!(await target.write(next.value))) {
        if (this.#target === target) this.#refuse();
        return;
      }
      this.#isCommitted = true;
      this.#next = null;
    }
  }

  #refuse(): void {
    this.#isRefused = true;
    if (this.#isCommitted) void this.#chunks.return?.();
  }
}
