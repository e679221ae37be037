import { Spool } from '@cloche/core';
import type { SpoolDirectory } from '@cloche/core';
import type { RunEvent } from '../../api/run-event.ts';

/** Where every so manieth frame begins is remembered; from there a reader looks for its own. */
const STRIDE = 64;
const SEARCH_BYTES = 64 * 1024;
const FRAME_END = '\n\n';

/** What happened in one run, in the very bytes that its readers get: numbered server-sent events, on disk once they are many. */
export class EventJournal {
  readonly #spool: Spool;
  readonly #starts: number[] = [];
  readonly #waiting = new Set<() => void>();
  /** Behind what the spool has: the frames that the disk did not take. */
  #inMemory: Buffer = Buffer.alloc(0);
  #count = 0;
  #hasEnded = false;

  constructor(directory: SpoolDirectory) {
    this.#spool = new Spool(directory);
  }

  get byteCount(): number {
    return this.#spool.byteCount + this.#inMemory.length;
  }

  /** Whether everything is there. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** One at a time, and none after {@link appendInMemory}. @throws where the disk does not take it */
  async append(events: readonly RunEvent[]): Promise<void> {
    const frames = this.#framesOf(events);
    const start = this.byteCount;
    await this.#spool.append(Buffer.concat(frames));
    this.#add(frames, start);
  }

  /** Where the disk takes nothing more: a few small events, so that readers see what became of the run. */
  appendInMemory(events: readonly RunEvent[]): void {
    const frames = this.#framesOf(events);
    const start = this.byteCount;
    this.#inMemory = Buffer.concat([this.#inMemory, ...frames]);
    this.#add(frames, start);
  }

  /** After the last event. @throws where the disk fails; it has ended all the same */
  async end(): Promise<void> {
    try {
      await this.#spool.finish();
    } finally {
      // Whatever the disk says: nobody waits for more.
      this.#hasEnded = true;
      this.#wake();
    }
  }

  /** Where the event behind this number begins, whether it is there yet or not. */
  async offsetAfter(number: number): Promise<number> {
    if (number >= this.#count) return this.byteCount;
    let offset = this.#starts[Math.floor(number / STRIDE)] ?? 0;
    let missing = number % STRIDE;
    while (missing > 0) {
      const bytes = Buffer.from(await this.read(offset, SEARCH_BYTES));
      let at = 0;
      for (; missing > 0; missing -= 1) {
        const end = bytes.indexOf(FRAME_END, at);
        if (end < 0) break;
        at = end + FRAME_END.length;
      }
      // Of a frame that is longer than all this, the last byte may be half of its end.
      offset += missing === 0 ? at : Math.max(at, bytes.length - 1);
    }
    return offset;
  }

  /** Perhaps fewer bytes than `length`; none at the end alone. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const start = offset - this.#spool.byteCount;
    return start < 0 ? this.#spool.read(offset, length) : this.#inMemory.subarray(start, start + length);
  }

  /** Resolves when there is more than `offset` bytes, at the end, or when the signal aborts. */
  async moreThan(offset: number, signal: AbortSignal): Promise<void> {
    if (this.byteCount > offset || this.#hasEnded || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        this.#waiting.delete(finish);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      this.#waiting.add(finish);
      signal.addEventListener('abort', finish, { once: true });
    });
  }

  remove(): Promise<void> {
    return this.#spool.remove();
  }

  #framesOf(events: readonly RunEvent[]): readonly Buffer[] {
    return events.map((event, index) =>
      Buffer.from(`id: ${this.#count + index + 1}\ndata: ${JSON.stringify(event)}${FRAME_END}`),
    );
  }

  #add(frames: readonly Buffer[], at: number): void {
    let start = at;
    for (const frame of frames) {
      if (this.#count % STRIDE === 0) this.#starts.push(start);
      this.#count += 1;
      start += frame.length;
    }
    this.#wake();
  }

  #wake(): void {
    for (const finish of this.#waiting) finish();
  }
}
