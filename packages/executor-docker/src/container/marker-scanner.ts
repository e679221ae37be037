/**
 * Finds a marker in a stream that comes in pieces. What could be its beginning is held back until more is there, and
 * nothing else is, so that a prompt without a line's end is not delayed.
 */
export class MarkerScanner {
  readonly #marker: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(marker: Buffer) {
    this.#marker = marker;
  }

  /** @returns what stands before the marker, and what stands behind it once it was found, else null */
  push(chunk: Buffer): { readonly before: Buffer; readonly after: Buffer | null } {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const index = bytes.indexOf(this.#marker);
    if (index >= 0) {
      this.#held = Buffer.alloc(0);
      return { before: bytes.subarray(0, index), after: bytes.subarray(index + this.#marker.length) };
    }
    const safe = bytes.length - this.#beginningAtEnd(bytes);
    // A copy: the chunk is reused by nobody, but holding a small end must not keep a large one alive.
    this.#held = Buffer.from(bytes.subarray(safe));
    return { before: bytes.subarray(0, safe), after: null };
  }

  /** What is held back, when the stream ends without the marker. */
  flush(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return held;
  }

  /** How many bytes at the end are a beginning of the marker. */
  #beginningAtEnd(bytes: Buffer): number {
    const longest = Math.min(bytes.length, this.#marker.length - 1);
    for (let length = longest; length > 0; length -= 1) {
      if (this.#marker.subarray(0, length).equals(bytes.subarray(bytes.length - length))) return length;
    }
    return 0;
  }
}
