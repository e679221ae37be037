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
  #count = 0;
  #hasEnded = false;

  constructor(directory: SpoolDirectory) {
    this.#spool = new Spool(directory);
  }

  get byteCount(): number {
    return this.#spool.byteCount;
  }

  /** Whether everything is there. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** One at a time. @throws where the disk does not take it */
  async append(events: readonly RunEvent[]): Promise<void> {
    const frames = events.map((event, index) =>
      Buffer.from(`id: ${this.#count + index + 1}\ndata: ${JSON.stringify(event)}${FRAME_END}`),
    );
    let start = this.#spool.byteCount;
    await this.#spool.append(Buffer.concat(frames));
    for (const frame of frames) {
      if (this.#count % STRIDE === 0) this.#starts.push(start);
      this.#count += 1;
      start += frame.length;
    }
    this.#wake();
  }

  /** After the last event. */
  async end(): Promise<void> {
    await this.#spool.finish();
    this.#hasEnded = true;
    this.#wake();
  }

  /** Where the event behind this number begins, whether it is there yet or not. */
  async offsetAfter(number: number): Promise<number> {
    if (number >= this.#count) return this.#spool.byteCount;
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

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.#spool.read(offset, length);
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

  #wake(): void {
    for (const finish of this.#waiting) finish();
  }
}
