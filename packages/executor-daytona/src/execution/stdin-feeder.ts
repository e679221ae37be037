import type { ExecutionController } from '@cloche/core/executor';
import { pause } from '../pause.ts';
import { ServiceFailure } from '../service/service-failure.ts';
import type { ServiceSandbox, UploadedFile } from '../service/service-sandbox.ts';

/** What may be on its way before the caller has to wait for the program to read, bytes and uploads. */
const BYTES_AHEAD = 512 * 1024;
const UPLOADS_AHEAD = 8;
const MARK = Buffer.from('1');

/**
 * Hands a caller's writes on to a running program. What is written while one upload is under way goes up together with
 * the next, as a file with a mark beside it that says that it is whole. The agent tells which of them the program's
 * pipe has taken.
 */
export class StdinFeeder {
  readonly #sandbox: Pick<ServiceSandbox, 'upload' | 'timing'>;
  readonly #directory: string;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #sent = 0;
  #taken = 0;
  #isGone = false;
  #isClosed = false;
  #waiting: (() => void)[] = [];

  /** @param directory where the agent looks for them */
  constructor(sandbox: Pick<ServiceSandbox, 'upload' | 'timing'>, directory: string) {
    this.#sandbox = sandbox;
    this.#directory = directory;
  }

  /**
   * Comes back when the caller has closed its end, or nobody reads any more.
   *
   * @throws ServiceFailure where it cannot be sent, however often it is tried
   */
  async feed(controller: ExecutionController): Promise<void> {
    await Promise.all([this.#collect(controller), this.#send()]);
  }

  /** What the agent says: `taken 3`, `gone 3`. */
  onWords(words: string): void {
    const groups = /^(?<what>taken|gone) (?<count>\d{1,9})$/u.exec(words)?.groups;
    if (groups === undefined) return;
    this.#taken = Math.max(this.#taken, Number(groups['count']));
    if (groups['what'] === 'gone') this.#isGone = true;
    this.#wake();
  }

  /** The program has ended. */
  end(): void {
    this.#isGone = true;
    this.#wake();
  }

  async #collect(controller: ExecutionController): Promise<void> {
    for await (const chunk of controller.stdin) {
      this.#pending.push(Uint8Array.from(chunk));
      this.#pendingBytes += chunk.length;
      this.#wake();
      await this.#until(() => this.#pendingBytes < BYTES_AHEAD);
      if (this.#isGone) return;
    }
    this.#isClosed = true;
    this.#wake();
  }

  async #send(): Promise<void> {
    for (;;) {
      await this.#until(() => this.#pendingBytes > 0 || this.#isClosed);
      await this.#until(() => this.#sent - this.#taken < UPLOADS_AHEAD);
      if (this.#isGone) return;
      const path = `${this.#directory}/${this.#sent}`;
      if (this.#pendingBytes === 0) return this.#upload([{ path: `${path}.end`, content: MARK }]);
      const content = Buffer.concat(this.#pending);
      this.#pending = [];
      this.#pendingBytes = 0;
      this.#wake();
      // In one request, and after it: what has its mark has come whole.
      await this.#upload([
        { path, content },
        { path: `${path}+`, content: MARK },
      ]);
      this.#sent += 1;
    }
  }

  /** Sent twice it is the same file, which the agent takes once: by then it looks for the next. */
  async #upload(files: readonly UploadedFile[]): Promise<void> {
    for (const wait of [...this.#sandbox.timing.retryPausesMs, null]) {
      try {
        return await this.#sandbox.upload(files);
      } catch (error) {
        if (wait === null || !(error instanceof ServiceFailure) || this.#isGone) throw error;
        await pause(wait);
      }
    }
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds() && !this.#isGone) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
