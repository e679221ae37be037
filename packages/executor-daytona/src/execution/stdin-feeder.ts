import type { ExecutionController } from '@cloche/core/executor';
import type { ServiceSandbox } from '../service/service-sandbox.ts';

/** Writes that may be on their way before the caller has to wait for the program to read. */
const WRITES_AHEAD = 8;

/**
 * Hands a caller's writes on to a running program: each becomes a file, and a mark beside it that says that it is whole.
 * The agent tells which of them the program's pipe has taken.
 */
export class StdinFeeder {
  readonly #sandbox: ServiceSandbox;
  readonly #directory: string;
  #sent = 0;
  #taken = 0;
  #isGone = false;
  #wake: (() => void) | null = null;

  /** @param directory where the agent looks for them */
  constructor(sandbox: ServiceSandbox, directory: string) {
    this.#sandbox = sandbox;
    this.#directory = directory;
  }

  /** Comes back when the caller has closed its end, or nobody reads any more. */
  async feed(controller: ExecutionController): Promise<void> {
    for await (const chunk of controller.stdin) {
      if (chunk.length === 0) continue;
      const path = `${this.#directory}/${this.#sent}`;
      await this.#sandbox.upload([
        { path, content: Buffer.from(chunk) },
        // In the same request, and after it: what is there has come whole.
        { path: `${path}+`, content: MARK },
      ]);
      this.#sent += 1;
      while (!this.#isGone && this.#sent - this.#taken >= WRITES_AHEAD) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      if (this.#isGone) return;
    }
    await this.#sandbox.upload([{ path: `${this.#directory}/${this.#sent}.end`, content: MARK }]);
  }

  /** What the agent says: `taken 3`, `gone 3`. */
  onWords(words: string): void {
    const groups = /^(?<what>taken|gone) (?<count>\d{1,9})$/u.exec(words)?.groups;
    if (groups === undefined) return;
    this.#taken = Math.max(this.#taken, Number(groups['count']));
    if (groups['what'] === 'gone') this.#isGone = true;
    this.#wake?.();
  }

  /** The program has ended. */
  end(): void {
    this.#isGone = true;
    this.#wake?.();
  }
}

const MARK = Buffer.from('1');
