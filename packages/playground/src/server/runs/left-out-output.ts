const TAIL_BYTES = 32 * 1024;

/** Output beyond what is kept of a run: its last bytes, and a count of the others. */
export class LeftOutOutput {
  #tail: Buffer = Buffer.alloc(0);
  #leftOutBytes = 0;

  append(data: Uint8Array): void {
    const kept = Buffer.concat([this.#tail, data.length > TAIL_BYTES ? data.subarray(-TAIL_BYTES) : data]);
    const over = Math.max(0, kept.length - TAIL_BYTES);
    this.#leftOutBytes += Math.max(0, data.length - TAIL_BYTES) + over;
    this.#tail = kept.subarray(over);
  }

  /** What has gone since the last time. */
  takeCount(): number {
    const count = this.#leftOutBytes;
    this.#leftOutBytes = 0;
    return count;
  }

  /** The last bytes, from the beginning of a character on. */
  takeTail(): Uint8Array {
    let start = 0;
    while (start < 3 && ((this.#tail[start] ?? 0) & 0b1100_0000) === 0b1000_0000) start += 1;
    this.#leftOutBytes += start;
    const tail = this.#tail.subarray(start);
    this.#tail = Buffer.alloc(0);
    return tail;
  }
}
