import { exitCodeOfSignal } from '../../program/exit-codes.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm and other wrappers send Ctrl-C on, which the terminal has sent us already: one press, two signals. */
const SAME_PRESS_MS = 200;

/** Turns the signals that end a process, and a reader that went away, into an abort of the run. */
export class Interruption {
  readonly #controller = new AbortController();
  #exitCode: number | null = null;
  #firstAtMs = 0;
  #isOutputGone = false;

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Null while nobody has interrupted. */
  get exitCode(): number | null {
    return this.#exitCode;
  }

  /** Whoever read the output has gone away (`| head`): the run ends as a program ends that writes into nothing. */
  outputGone(): void {
    this.#isOutputGone = true;
    this.#interrupt('SIGPIPE');
  }

  get isOutputGone(): boolean {
    return this.#isOutputGone;
  }

  /** Signals mean again what they mean to every process. */
  dispose(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }

  /** The exit code of the first reason stays. */
  #interrupt(signal: string): void {
    this.#exitCode ??= exitCodeOfSignal(signal);
    this.#controller.abort();
  }

  /** By the signal itself: an exit waits for what the system has begun, such as to open a pipe that nobody writes to. */
  #endAtOnce(signal: NodeJS.Signals): void {
    const exitCode = this.#exitCode ?? exitCodeOfSignal(signal);
    this.dispose();
    // Whoever ends children at the exit of this process does so now.
    process.emit('exit', exitCode);
    process.kill(process.pid, signal);
    process.exit(exitCode);
  }

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    if (this.#firstAtMs === 0) {
      this.#firstAtMs = performance.now();
      this.#interrupt(signal);
    } else if (performance.now() - this.#firstAtMs > SAME_PRESS_MS) {
      this.#endAtOnce(signal);
    }
  };
}
