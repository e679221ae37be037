const NEWLINE = 0x0a;
/** Of a line that is too long, enough to find out whose request it was. */
const EDGE_BYTES = 512;

export type SplitLine =
  | { readonly kind: 'line'; readonly text: string }
  /** What it began and ended with. */
  | { readonly kind: 'too_long'; readonly byteCount: number; readonly head: string; readonly tail: string };

/** Cuts a stream of bytes into lines. A line beyond the limit is passed over, and not kept. */
export class LineSplitter {
  readonly #limitBytes: number;
  #parts: Uint8Array[] = [];
  #byteCount = 0;
  #tail: Uint8Array = new Uint8Array(0);

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  *push(chunk: Uint8Array): Generator<SplitLine> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#append(chunk.subarray(start, end));
      start = end + 1;
      yield this.#take();
    }
    this.#append(chunk.subarray(start));
  }

  #append(part: Uint8Array): void {
    if (part.length === 0) return;
    const wasTooLong = this.#byteCount > this.#limitBytes;
    this.#byteCount += part.length;
    if (this.#byteCount <= this.#limitBytes) {
      this.#parts.push(part);
      return;
    }
    if (!wasTooLong) {
      const kept = Buffer.concat(this.#parts);
      this.#parts = [
        Buffer.concat([kept.subarray(0, EDGE_BYTES), part.subarray(0, EDGE_BYTES)]).subarray(0, EDGE_BYTES),
      ];
      this.#tail = new Uint8Array(kept.subarray(-EDGE_BYTES));
    }
    const tail = Buffer.concat([this.#tail, part.subarray(-EDGE_BYTES)]);
    this.#tail = new Uint8Array(tail.subarray(-EDGE_BYTES));
  }

  #take(): SplitLine {
    const [first] = this.#parts;
    const bytes = this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts);
    const byteCount = this.#byteCount;
    const tail = this.#tail;
    this.#parts = [];
    this.#byteCount = 0;
    this.#tail = new Uint8Array(0);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    if (byteCount <= this.#limitBytes) return { kind: 'line', text };
    return { kind: 'too_long', byteCount, head: text, tail: Buffer.from(tail).toString('utf8') };
  }
}
