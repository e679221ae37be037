import { SilenceError } from './silence-error.ts';

/** Gives up when what is expected does not come in time. */
export class SilenceWatch {
  readonly #giveUp: (error: SilenceError) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(giveUp: (error: SilenceError) => void) {
    this.#giveUp = giveUp;
  }

  expect(where: SilenceError['where'], limitMs: number): void {
    this.rest();
    this.#timer = setTimeout(() => this.#giveUp(new SilenceError(where, limitMs)), limitMs);
  }

  rest(): void {
    clearTimeout(this.#timer);
  }
}
