import type { Readable } from 'node:stream';
import type { CapturedOutput, ExecutionController, Phase } from '@cloche/core/executor';
import { OutputCapture } from '@cloche/core/executor';

/** What is left in a pipe when its writers are gone is read in no time; what takes longer is written by somebody who got away. */
const LAST_BYTES_MS = 2000;

/** Reads one of a program's streams: keeps what the result keeps, and hands everything on at the consumer's pace. */
export class Pump {
  readonly #stream: Readable;
  readonly #capture: OutputCapture;
  readonly #controller: ExecutionController;
  readonly #ended: Promise<void>;
  #isFinishing = false;

  constructor(
    stream: Readable,
    type: 'stdout' | 'stderr',
    phase: Phase,
    keptBytes: number,
    controller: ExecutionController,
  ) {
    this.#stream = stream;
    this.#capture = new OutputCapture(keptBytes);
    this.#controller = controller;
    this.#ended = new Promise((resolve) => {
      stream.once('end', resolve);
      stream.once('close', resolve);
      stream.once('error', () => resolve());
    });
    stream.on('data', (data: Buffer) => {
      this.#capture.append(data);
      if (!controller.emit({ type, phase, data }) && !this.#isFinishing) this.#holdBack();
    });
  }

  /**
   * Reads the last bytes, once the program has ended. They are no more than a pipe holds, so that the result
   * does not have to wait for a consumer that is slow or has stopped reading.
   */
  async finish(): Promise<CapturedOutput> {
    this.#isFinishing = true;
    this.#stream.resume();
    const deadline = setTimeout(() => this.#stream.destroy(), LAST_BYTES_MS);
    await this.#ended;
    clearTimeout(deadline);
    return this.#capture.finish();
  }

  #holdBack(): void {
    this.#stream.pause();
    void this.#controller.drained().then(() => this.#stream.resume());
  }
}
