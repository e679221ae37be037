import { linkAbort } from './link-abort.ts';

/** Something that is about to begin. */
export interface BegunWork {
  /** Aborted with the caller's signal, or when all work is. */
  readonly signal: AbortSignal;
  /** From now on it is under way, until this settles. Once. */
  follow<Value>(result: Promise<Value>): Promise<Value>;
}

/** What is under way, so that whoever ends can end it and wait for it. */
export class ActiveWork {
  readonly #active = new Map<AbortController, Promise<unknown>>();

  begin(caller: AbortSignal | null): BegunWork {
    const abort = new AbortController();
    const unlink = linkAbort(caller, abort);
    return {
      signal: abort.signal,
      follow: (result) => {
        const end = (): void => {
          unlink();
          this.#active.delete(abort);
        };
        this.#active.set(abort, result);
        result.then(end, end);
        return result;
      },
    };
  }

  /** Resolves when everything that was under way has ended. Never rejects. */
  async abortAll(reason: unknown): Promise<void> {
    for (const abort of this.#active.keys()) abort.abort(reason);
    await Promise.allSettled(this.#active.values());
  }
}
