import type { OutputStream } from './frame-demultiplexer.ts';

const EARLY_LIMIT_BYTES = 64 * 1024;

export interface OutputHandler {
  readonly onOutput: (stream: OutputStream, data: Buffer) => void;
  readonly onFiles: (chunk: Buffer) => void;
}

/**
 * Where the output of a container goes: to its job's handler, and until there is one into a small store. An interpreter
 * may have something to say when it starts.
 */
export class JobOutput {
  readonly #onFlood: () => void;
  readonly #early: { readonly stream: OutputStream; readonly data: Buffer }[] = [];
  #earlyBytes = 0;
  #handler: OutputHandler | null = null;

  /** @param onFlood more was printed before there was a job than is kept */
  constructor(onFlood: () => void) {
    this.#onFlood = onFlood;
  }

  push(stream: OutputStream, data: Buffer): void {
    if (this.#handler !== null) return this.#handler.onOutput(stream, data);
    this.#earlyBytes += data.length;
    if (this.#earlyBytes > EARLY_LIMIT_BYTES) this.#onFlood();
    else this.#early.push({ stream, data });
  }

  pushFiles(chunk: Buffer): void {
    this.#handler?.onFiles(chunk);
  }

  /** @param wantsEarly what was printed before is the job's output too; otherwise it is dropped */
  open(handler: OutputHandler, wantsEarly: boolean): void {
    this.#handler = handler;
    const early = this.#early.splice(0);
    if (wantsEarly) for (const { stream, data } of early) handler.onOutput(stream, data);
  }
}
