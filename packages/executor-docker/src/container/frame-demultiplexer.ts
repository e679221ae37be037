const HEADER_BYTES = 8;
/** Offset of the payload's length in a header: `{ stream, 0, 0, 0, length as 32 bits, most significant first }`. */
const LENGTH_OFFSET = 4;
const STDERR = 2;

export type OutputStream = 'stdout' | 'stderr';

/** Takes the frames of an attached container apart. Payloads are handed on as they come, and never copied. */
export class FrameDemultiplexer {
  readonly #onPayload: (stream: OutputStream, payload: Buffer) => void;
  #header: Buffer = Buffer.alloc(0);
  #stream: OutputStream = 'stdout';
  #payloadLeft = 0;

  constructor(onPayload: (stream: OutputStream, payload: Buffer) => void) {
    this.#onPayload = onPayload;
  }

  push(chunk: Buffer): void {
    let position = 0;
    while (position < chunk.length) {
      if (this.#payloadLeft === 0) {
        position = this.#readHeader(chunk, position);
        continue;
      }
      const end = Math.min(chunk.length, position + this.#payloadLeft);
      this.#payloadLeft -= end - position;
      this.#onPayload(this.#stream, chunk.subarray(position, end));
      position = end;
    }
  }

  #readHeader(chunk: Buffer, position: number): number {
    const end = Math.min(chunk.length, position + HEADER_BYTES - this.#header.length);
    const part = chunk.subarray(position, end);
    const header = this.#header.length === 0 ? part : Buffer.concat([this.#header, part]);
    if (header.length < HEADER_BYTES) {
      this.#header = Buffer.from(header);
      return end;
    }
    this.#header = Buffer.alloc(0);
    this.#stream = header[0] === STDERR ? 'stderr' : 'stdout';
    this.#payloadLeft = header.readUInt32BE(LENGTH_OFFSET);
    return end;
  }
}
