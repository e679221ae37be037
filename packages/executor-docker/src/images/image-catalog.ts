import type { Engine, EngineImage, PullProgress } from '../engine/engine.ts';

/** How old what is known of an image may be until it is asked for again, beside the run that uses it. */
const FRESH_MS = 10_000;
/** How long a pull that failed is not tried again: where the network is down, each run would wait for it anew. */
const FAILED_PULL_MS = 30_000;

interface Known {
  readonly image: EngineImage;
  askedAtMs: number;
}

/** The images of an engine as runs need them: known at once, and looked at again in the background. */
export class ImageCatalog {
  readonly #engine: Engine;
  readonly #known = new Map<string, Known>();
  readonly #pulls = new Map<string, Pull>();
  readonly #failedPulls = new Map<string, { readonly error: unknown; readonly atMs: number }>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Null where the image is not on the engine. */
  async find(reference: string): Promise<EngineImage | null> {
    const known = this.#known.get(reference);
    if (known === undefined) return this.#ask(reference);
    if (performance.now() - known.askedAtMs > FRESH_MS) {
      known.askedAtMs = performance.now();
      // What it finds serves the next run; an engine that is gone is this run's to find out.
      this.#ask(reference).catch(() => undefined);
    }
    return known.image;
  }

  /** The engine says that it is not there, whatever was known. */
  forget(reference: string): void {
    this.#known.delete(reference);
  }

  /** Those who want the same image at one time wait for one pull, and each may leave. */
  async pull(
    reference: string,
    onProgress: (progress: PullProgress) => void,
    signal: AbortSignal,
  ): Promise<EngineImage> {
    signal.throwIfAborted();
    const failed = this.#failedPulls.get(reference);
    if (failed !== undefined && performance.now() - failed.atMs < FAILED_PULL_MS) throw failed.error;
    let pull = this.#pulls.get(reference);
    if (pull === undefined) {
      pull = this.#startPull(reference);
      this.#pulls.set(reference, pull);
    }
    pull.listeners.add(onProgress);
    const left = Promise.withResolvers<never>();
    const leave = (): void => left.reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([pull.image, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      pull.listeners.delete(onProgress);
      if (pull.listeners.size === 0) pull.abort.abort();
    }
  }

  #startPull(reference: string): Pull {
    const listeners = new Set<(progress: PullProgress) => void>();
    const abort = new AbortController();
    const work = async (): Promise<EngineImage> => {
      const tell = (progress: PullProgress): void => {
        for (const listener of listeners) listener(progress);
      };
      await this.#engine.images.pull(reference, tell, { signal: abort.signal });
      const image = await this.#ask(reference);
      if (image === null) throw new Error(`the engine has pulled ${reference} and does not have it`);
      return image;
    };
    const image = work().finally(() => this.#pulls.delete(reference));
    image.catch((error: unknown) => {
      if (!abort.signal.aborted) this.#failedPulls.set(reference, { error, atMs: performance.now() });
    });
    return { listeners, abort, image };
  }

  async #ask(reference: string): Promise<EngineImage | null> {
    const image = await this.#engine.images.find(reference);
    if (image === null) this.#known.delete(reference);
    else this.#known.set(reference, { image, askedAtMs: performance.now() });
    return image;
  }
}

interface Pull {
  readonly listeners: Set<(progress: PullProgress) => void>;
  readonly abort: AbortController;
  readonly image: Promise<EngineImage>;
}
