import type { ByteSink } from './byte-sink.ts';

/**
 * Writes bytes to stdout or stderr at the pace of whoever reads them. A reader that has gone away
 * (`| head`, a closed terminal) is an answer, not an error.
 */
export class OutputStream implements ByteSink {
  readonly #stream: NodeJS.WriteStream;
  #isGone = false;
  #lastByte: number | null = null;
  #wake: (() => void) | null = null;

  /** @param onGone called once, when nobody reads any more */
  constructor(stream: NodeJS.WriteStream, onGone: () => void) {
    this.#stream = stream;
    stream.on('error', () => {
      if (!this.#isGone) {
        this.#isGone = true;
        onGone();
      }
      this.#notify();
    });
    stream.on('drain', () => {
      this.#notify();
    });
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY;
  }

  /** Null before the first byte. */
  get lastByte(): number | null {
    return this.#lastByte;
  }

  /** Resolves when there is room for more. */
  async write(data: Uint8Array | string): Promise<void> {
    if (this.#isGone || data.length === 0) return;
    const last = data.at(-1);
    this.#lastByte = typeof last === 'string' ? last.charCodeAt(0) : (last ?? null);
    if (this.#stream.write(data)) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
