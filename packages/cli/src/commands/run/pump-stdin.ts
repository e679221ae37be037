import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Execution } from '@cloche/core/executor';
import type { StdinSource } from './choose-stdin.ts';
import { asReadError } from './read-input-file.ts';

/** Gives standard input to the program for as long as it reads, at its pace. */
export class StdinPump {
  readonly #stream: Readable;
  readonly #name: string;
  #isStopped = false;

  constructor(source: Exclude<StdinSource, { kind: 'none' }>) {
    this.#stream = source.kind === 'own' ? process.stdin : createReadStream(source.path);
    this.#name = source.kind === 'own' ? 'stdin' : source.path;
  }

  /** Resolves when there is nothing more to give. @throws ClocheError when the input cannot be read */
  async run(execution: Execution): Promise<void> {
    try {
      for await (const chunk of this.#stream as AsyncIterable<Uint8Array>) {
        if (!(await execution.write(chunk))) return;
      }
    } catch (error) {
      // Destroying a stream under a reader is how a reader that waits is ended.
      if (!this.#isStopped) throw asReadError(error, this.#name);
    } finally {
      execution.closeStdin();
      this.stop();
    }
  }

  /** Lets go of the input, so that nobody waits for a person who types no more. */
  stop(): void {
    this.#isStopped = true;
    this.#stream.destroy();
  }
}
