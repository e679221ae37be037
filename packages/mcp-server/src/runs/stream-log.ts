import { Spool } from '@cloche/core';
import type { SpoolDirectory } from '@cloche/core';

/** What an answer may show of the end of a stream whose end is not kept. */
const TAIL_BYTES = 32 * 1024;

/** Gives room for at most so many bytes, and less or none where limits say so. */
export type TakeRoom = (bytes: number) => number;

/** One output stream of a run: the beginning as far as there is room, the last bytes always, the rest counted. */
export class StreamLog {
  readonly #spool: Spool;
  readonly #takeRoom: TakeRoom;
  #byteCount = 0;
  #isFull = false;
  #tail: Uint8Array = new Uint8Array(0);

  constructor(directory: SpoolDirectory, takeRoom: TakeRoom) {
    this.#spool = new Spool(directory);
    this.#takeRoom = takeRoom;
  }

  /** What was written, kept or not. */
  get byteCount(): number {
    return this.#byteCount;
  }

  get keptBytes(): number {
    return this.#spool.byteCount;
  }

  /** @throws where the disk does not take it; from then on bytes are counted only */
  async append(data: Uint8Array): Promise<void> {
    const room = this.#isFull ? 0 : this.#takeRoom(data.length);
    if (room < data.length) this.#isFull = true;
    if (this.#isFull) this.#keepTail(data);
    try {
      if (room > 0) await this.#spool.append(room < data.length ? data.subarray(0, room) : data);
    } catch (error) {
      this.#isFull = true;
      this.#keepTail(data);
      throw error;
    } finally {
      this.#byteCount += data.length;
    }
  }

  /** Of what is kept. */
  read(offset: number, length: number): Promise<Uint8Array> {
    return this.#spool.read(offset, length);
  }

  /** The last bytes, `length` of them or what there is. */
  async tail(length: number): Promise<Uint8Array> {
    if (this.keptBytes === this.#byteCount) {
      return this.#spool.read(Math.max(0, this.#byteCount - length), length);
    }
    return this.#tail.slice(-length);
  }

  finish(): Promise<void> {
    return this.#spool.finish();
  }

  remove(): Promise<void> {
    return this.#spool.remove();
  }

  #keepTail(data: Uint8Array): void {
    const kept = Buffer.concat([this.#tail, data.length > TAIL_BYTES ? data.subarray(-TAIL_BYTES) : data]);
    this.#tail = new Uint8Array(kept.subarray(-TAIL_BYTES));
  }
}
