/** From here on what was taken is let go of before the queue is empty. */
const TAKEN_CHUNKS = 1024;

/** Pieces of a stream that wait to be taken up, in the order in which they came. */
export class ChunkQueue {
  #chunks: Uint8Array[] = [];
  #taken = 0;
  #byteCount = 0;

  get byteCount(): number {
    return this.#byteCount;
  }

  get isEmpty(): boolean {
    return this.#taken === this.#chunks.length;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#byteCount += chunk.length;
  }

  shift(): Uint8Array | undefined {
    const chunk = this.#chunks[this.#taken];
    if (chunk === undefined) return undefined;
    this.#taken += 1;
    this.#byteCount -= chunk.length;
    // A shift of the array for each piece would move all that are left.
    if (this.isEmpty || this.#taken === TAKEN_CHUNKS) {
      this.#chunks = this.#chunks.slice(this.#taken);
      this.#taken = 0;
    }
    return chunk;
  }

  clear(): void {
    this.#chunks = [];
    this.#taken = 0;
    this.#byteCount = 0;
  }
}
