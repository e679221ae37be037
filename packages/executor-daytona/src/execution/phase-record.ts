import type { ExecutionController, Phase, PhaseResult, StopReason } from '@cloche/core/executor';
import { OutputCapture } from '@cloche/core/executor';
import { exitOf } from '@cloche/sandbox-agent';

/** How the agent says that a phase ended. */
const ENDED =
  /^ended (?:compile|run) (?<code>\d{1,3}|-) (?<reason>[a-z]+|-) (?<kills>-?\d+) (?<hundredths>-?\d+) ?(?<said>.*)$/su;

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  timeout: 'timeout',
  cancelled: 'cancelled',
  memory: 'out_of_memory',
  processes: 'limit',
};

type PhaseEnd = Pick<PhaseResult, 'exitCode' | 'signal' | 'durationMs' | 'stoppedBy'>;

/** What is seen of one phase, from its start to its end. */
export class PhaseRecord {
  readonly #phase: Phase;
  readonly #controller: ExecutionController;
  readonly #startedAtMs = performance.now();
  readonly #stdout: OutputCapture;
  readonly #stderr: OutputCapture;
  #end: PhaseEnd | null = null;

  constructor(phase: Phase, outputBytes: number, controller: ExecutionController) {
    this.#phase = phase;
    this.#controller = controller;
    this.#stdout = new OutputCapture(outputBytes);
    this.#stderr = new OutputCapture(outputBytes);
    controller.emit({ type: 'stage', stage: phase, state: 'started' });
  }

  get hasEnded(): boolean {
    return this.#end !== null;
  }

  onOutput(stream: 'stdout' | 'stderr', data: Buffer): void {
    (stream === 'stdout' ? this.#stdout : this.#stderr).append(data);
    this.#controller.emit({ type: stream, phase: this.#phase, data });
  }

  /** False where these are not the words that end a phase. */
  onEnded(words: string): boolean {
    const groups = ENDED.exec(words)?.groups;
    if (groups === undefined || this.#end !== null) return false;
    const reason = STOP_REASONS[groups['reason'] ?? ''] ?? null;
    const wasOutOfMemory = Number(groups['kills']) > 0;
    // What the kernel says of its memory explains a timeout better than the clock does.
    const stoppedBy = reason === 'cancelled' ? reason : wasOutOfMemory ? 'out_of_memory' : reason;
    const code = groups['code'] === '-' ? null : Number(groups['code']);
    this.#close({
      ...(stoppedBy === null || reason === null ? exitOf(code, groups['said'] ?? '') : UNSEEN),
      durationMs: Math.max(0, Number(groups['hundredths']) * 10),
      stoppedBy,
    });
    return true;
  }

  /** It was ended from outside, and nobody saw how. */
  stop(reason: StopReason): void {
    if (this.#end !== null) return;
    this.#close({ ...UNSEEN, durationMs: performance.now() - this.#startedAtMs, stoppedBy: reason });
  }

  result(): PhaseResult {
    const end = this.#end ?? {
      ...UNSEEN,
      durationMs: performance.now() - this.#startedAtMs,
      stoppedBy: null,
    };
    return { ...end, stdout: this.#stdout.finish(), stderr: this.#stderr.finish() };
  }

  #close(end: PhaseEnd): void {
    this.#end = end;
    this.#controller.emit({ type: 'stage', stage: this.#phase, state: 'finished' });
  }
}

const UNSEEN = { exitCode: null, signal: null } as const;
