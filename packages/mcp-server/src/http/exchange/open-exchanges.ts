import type { ServerResponse } from 'node:http';

/** One request that is being served. */
export interface OpenExchange {
  /** Aborted when the client goes before it has the whole answer. */
  readonly signal: AbortSignal;
}

/** What is being served now: from the arrival of a request until its answer has left. */
export class OpenExchanges {
  readonly #open = new Map<ServerResponse, AbortController>();
  #onEmpty: (() => void) | undefined;

  begin(response: ServerResponse): OpenExchange {
    const controller = new AbortController();
    this.#open.set(response, controller);
    response.once('close', () => {
      this.#open.delete(response);
      if (!response.writableFinished) controller.abort();
      if (this.#open.size === 0) this.#onEmpty?.();
    });
    return { signal: controller.signal };
  }

  /** As if every client had gone. */
  abortAll(): void {
    for (const controller of this.#open.values()) controller.abort();
  }

  /** Resolves when nothing is being served, or after the time. */
  async empty(timeoutMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(finish, timeoutMs);
      const open = this.#open;
      this.#onEmpty = finish;
      function finish(): void {
        clearTimeout(timer);
        resolve();
      }
      if (open.size === 0) finish();
    });
    this.#onEmpty = undefined;
  }
}
