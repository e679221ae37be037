import { openPipes } from './open-pipes.ts';
import type { Pipes } from './open-pipes.ts';

/** Makes the pipes of the next command while the last one runs: making them takes as long as starting a program. */
export class PipeSupply implements AsyncDisposable {
  readonly #directory: string;
  #next: Promise<Pipes> | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async take(): Promise<Pipes> {
    const taken = this.#next ?? openPipes(this.#directory);
    this.#next = null;
    const pipes = await taken;
    this.#next ??= openPipes(this.#directory);
    // A failure shows when they are taken.
    this.#next.catch(() => undefined);
    return pipes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pipes = await this.#next?.catch(() => null);
    pipes?.closeProgramEnds();
    pipes?.[Symbol.dispose]();
  }
}
