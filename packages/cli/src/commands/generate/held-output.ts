import type { ByteSink } from '../../output/byte-sink.ts';

const LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Keeps what a program prints until it is known whether it ran well, so that a pipe gets the output of one program and
 * not the beginnings of those that failed before it. What is too much to keep goes out as it comes.
 */
export class HeldOutput implements ByteSink {
  readonly #target: ByteSink;
  #chunks: (Uint8Array | string)[] = [];
  #byteCount = 0;
  #isOpen: boolean;

  /** @param isHeld false: everything goes out as it comes */
  constructor(target: ByteSink, isHeld: boolean) {
    this.#target = target;
    this.#isOpen = !isHeld;
  }

  get isTerminal(): boolean {
    return this.#target.isTerminal;
  }

  get lastByte(): number | null {
    return this.#target.lastByte;
  }

  async write(data: Uint8Array | string): Promise<void> {
    if (this.#isOpen) return this.#target.write(data);
    this.#chunks.push(data);
    this.#byteCount += data.length;
    if (this.#byteCount <= LIMIT_BYTES) return;
    this.#isOpen = true;
    await this.moveTo(this.#target);
  }

  /** What is kept goes there. */
  async moveTo(sink: ByteSink): Promise<void> {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#byteCount = 0;
    for (const chunk of chunks) await sink.write(chunk);
  }
}
