import type { Readable } from 'node:stream';
import type { CapturedOutput, ExecutionController, Phase } from '@cloche/core/executor';
import { OutputCapture } from '@cloche/core/executor';

/** A stream whose writers are all gone ends at once; one that says nothing for this long is held by somebody who got away. */
const SILENCE_MS = 2000;

/** Reads one of a program's streams: keeps what the result keeps, and hands everything on at the consumer's pace. */
export class Pump {
  readonly #stream: Readable;
  readonly #capture: OutputCapture;
  readonly #controller: ExecutionController;
  readonly #ended: Promise<void>;
  #isWaitingForConsumer = false;
  #lastMovedAtMs = 0;

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
      this.#lastMovedAtMs = performance.now();
      if (!controller.emit({ type, phase, data })) this.#holdBack();
    });
  }

  /**
   * Waits for the last byte. A slow consumer is waited for, unless `mayDiscard` says that nobody wants the rest;
   * a stream that somebody holds open without writing is given up.
   */
  async finish(mayDiscard: boolean): Promise<CapturedOutput> {
    this.#lastMovedAtMs = performance.now();
    const watch = setInterval(() => {
      const isIdle = performance.now() - this.#lastMovedAtMs > SILENCE_MS;
      if (isIdle && (mayDiscard || !this.#isWaitingForConsumer)) this.#stream.destroy();
    }, SILENCE_MS / 4);
    await this.#ended;
    clearInterval(watch);
    return this.#capture.finish();
  }

  #holdBack(): void {
    this.#stream.pause();
    this.#isWaitingForConsumer = true;
    void this.#controller.drained().then(() => {
      this.#isWaitingForConsumer = false;
      this.#lastMovedAtMs = performance.now();
      this.#stream.resume();
    });
  }
}
