import type { CapturedOutput, ExecutionEvent, ExecutionResult, PhaseResult } from '@cloche/core/executor';
import type { ByteSink } from '../../../output/byte-sink.ts';
import type { Presenter } from './presenter.ts';

/** The program's output as it comes, byte for byte; a compiler's when it has failed. */
export class LivePresenter implements Presenter {
  readonly #stdout: ByteSink;
  readonly #stderr: ByteSink;

  constructor(stdout: ByteSink, stderr: ByteSink) {
    this.#stdout = stdout;
    this.#stderr = stderr;
  }

  async onEvent(event: ExecutionEvent): Promise<void> {
    if ((event.type !== 'stdout' && event.type !== 'stderr') || event.phase !== 'run') return;
    await (event.type === 'stdout' ? this.#stdout : this.#stderr).write(event.data);
  }

  async onResult(result: ExecutionResult): Promise<void> {
    for (const phase of [result.install, result.compile]) {
      if (phase === null || !hasFailed(phase)) continue;
      // A compiler writes what it has against a program to either stream.
      await this.#writeCaptured(phase.stdout);
      await this.#writeCaptured(phase.stderr);
    }
  }

  get endsMidLine(): boolean {
    const lastBytes = [this.#stderr.lastByte, this.#stdout.isTerminal ? this.#stdout.lastByte : null];
    return lastBytes.some((byte) => byte !== null && byte !== 0x0a);
  }

  onFailure(): Promise<void> {
    return Promise.resolve();
  }

  async #writeCaptured({ head, tail, byteCount, truncated }: CapturedOutput): Promise<void> {
    await this.#stderr.write(head);
    if (!truncated) return;
    await this.#stderr.write(`\n[... ${byteCount - head.length - tail.length} bytes left out ...]\n`);
    await this.#stderr.write(tail);
  }
}

function hasFailed(phase: PhaseResult): boolean {
  return phase.stoppedBy !== null || phase.exitCode !== 0;
}
