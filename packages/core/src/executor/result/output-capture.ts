import type { CapturedOutput } from './captured-output.ts';

const SMALLEST_HEAD_BYTES = 4096;

/**
 * Keeps the head and the tail of a stream within a fixed number of bytes, however much goes through
 * and in however small pieces. Memory grows with what is kept and never passes twice the cap.
 */
export class OutputCapture {
  readonly #headLimit: number;
  readonly #tailLimit: number;
  // Grows by doubling: a list of pieces would cost a program that writes single bytes a hundred times the cap.
  #head: Uint8Array = new Uint8Array(0);
  #headBytes = 0;
  #byteCount = 0;
  // A ring of the last bytes, made only when the head is full.
  #ring: Uint8Array | null = null;
  #ringPosition = 0;
  #ringBytes = 0;

  /** @param limitBytes what is kept at most, half as head and half as tail */
  constructor(limitBytes: number) {
    this.#headLimit = Math.ceil(limitBytes / 2);
    this.#tailLimit = Math.floor(limitBytes / 2);
  }

  get byteCount(): number {
    return this.#byteCount;
  }

  append(chunk: Uint8Array): void {
    this.#byteCount += chunk.length;
    const room = this.#headLimit - this.#headBytes;
    if (room > 0) {
      this.#appendToHead(chunk.subarray(0, room));
      if (chunk.length <= room) return;
    }
    this.#appendToRing(room > 0 ? chunk.subarray(room) : chunk);
  }

  finish(): CapturedOutput {
    const head = this.#head.subarray(0, this.#headBytes);
    const tail = this.#tail();
    const truncated = head.length + tail.length < this.#byteCount;
    return {
      // A copy without the spare room, which a result would keep alive.
      head: truncated ? head.slice() : concatenate([head, tail]),
      tail: truncated ? tail : new Uint8Array(0),
      byteCount: this.#byteCount,
      truncated,
    };
  }

  #appendToHead(part: Uint8Array): void {
    const needed = this.#headBytes + part.length;
    if (needed > this.#head.length) {
      const larger = Math.max(needed, 2 * this.#head.length, SMALLEST_HEAD_BYTES);
      const grown = new Uint8Array(Math.min(larger, this.#headLimit));
      grown.set(this.#head.subarray(0, this.#headBytes));
      this.#head = grown;
    }
    this.#head.set(part, this.#headBytes);
    this.#headBytes = needed;
  }

  #appendToRing(bytes: Uint8Array): void {
    if (this.#tailLimit === 0) return;
    this.#ring ??= new Uint8Array(this.#tailLimit);
    const part = bytes.length > this.#tailLimit ? bytes.subarray(bytes.length - this.#tailLimit) : bytes;
    const untilEnd = Math.min(part.length, this.#tailLimit - this.#ringPosition);
    this.#ring.set(part.subarray(0, untilEnd), this.#ringPosition);
    this.#ring.set(part.subarray(untilEnd), 0);
    this.#ringPosition = (this.#ringPosition + part.length) % this.#tailLimit;
    this.#ringBytes = Math.min(this.#tailLimit, this.#ringBytes + part.length);
  }

  #tail(): Uint8Array {
    if (this.#ring === null) return new Uint8Array(0);
    if (this.#ringBytes < this.#tailLimit) return this.#ring.slice(0, this.#ringBytes);
    return concatenate([this.#ring.subarray(this.#ringPosition), this.#ring.subarray(0, this.#ringPosition)]);
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
