import type {
  ExecutionController,
  ExecutionPlan,
  LocalizedText,
  OmittedArtifact,
} from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';
import { FileReceiver, filesLeftOut } from '@cloche/sandbox-agent';
import { inputDirectory } from '../agent/control-directory.ts';
import type { Job } from '../agent/job.ts';
import { pause } from '../pause.ts';
import { apiError } from '../service/service-error.ts';
import { ServiceFailure, serviceFailure } from '../service/service-failure.ts';
import type { ServiceSandbox } from '../service/service-sandbox.ts';
import type { DialogueEnding } from './job-dialogue.ts';
import { JobDialogue } from './job-dialogue.ts';
import { PhaseRecord } from './phase-record.ts';
import type { ReadInside } from './report-enforcement.ts';
import { endNotSeen, missingProgram, sandboxLost, unusableSandbox } from './run-errors.ts';
import { StdinFeeder } from './stdin-feeder.ts';

/** The agent keeps the time itself; where it does not, the sandbox is given up this much later. */
const LATE_GRACE_MS = 10_000;
/** Until the agent has said its first words. */
const START_MS = 60_000;
/** Files that take longer than this to come back do not come back. */
const FILES_MS = 60_000;

export interface JobRun {
  readonly plan: ExecutionPlan;
  readonly job: Job;
  readonly sandbox: ServiceSandbox;
  /** Files that were there before the job's own, and do not come back unchanged. */
  readonly known: readonly SandboxFile[];
  readonly signal: AbortSignal;
  readonly controller: ExecutionController;
  readonly onPhase: (phase: 'compile' | 'run', record: PhaseRecord) => void;
  readonly onInside: (inside: ReadInside) => void;
}

export interface JobOutcome {
  readonly files: readonly SandboxFile[];
  readonly omitted: readonly OmittedArtifact[];
  /** What was there before and is no more. */
  readonly removed: readonly SandboxFile[];
  readonly warnings: readonly LocalizedText[];
  /** Whether the agent has ended by itself, so that the sandbox can have another job. */
  readonly isOver: boolean;
}

/**
 * Runs one job in a sandbox: its phases, streams, stdin, deadlines, cancellation and files.
 *
 * @throws ClocheError `ERR_LANGUAGE_UNSUPPORTED` or `ERR_CAPABILITY_UNSUPPORTED` before anything has started,
 * `ERR_EXECUTOR_FAILED` where the program's end was not seen
 */
export async function runJob(run: JobRun): Promise<JobOutcome> {
  return new RunningJob(run).run();
}

class RunningJob {
  readonly #run: JobRun;
  readonly #dialogue: JobDialogue;
  readonly #stdin: StdinFeeder;
  readonly #receiver: FileReceiver;
  readonly #warnings: LocalizedText[] = [];
  #phase: PhaseRecord | null = null;
  #refusal: Error | null = null;
  #isReceiving = true;
  #filesEnded = false;
  #expectsFiles = false;
  #receivedBytes = 0;
  #isLaunched = false;
  #deadlineAtMs = Number.POSITIVE_INFINITY;

  constructor(run: JobRun) {
    const { sandbox, job, plan } = run;
    const { artifactBytes, artifactCount, scratchBytes } = plan.limits;
    this.#run = run;
    this.#stdin = new StdinFeeder(sandbox, inputDirectory(job.id));
    this.#receiver = new FileReceiver([...run.known, ...job.files], {
      bytes: artifactBytes,
      count: artifactCount,
      scratchBytes,
    });
    this.#dialogue = new JobDialogue(sandbox, job, {
      onSaid: (words) => this.#onSaid(words),
      onStdin: (words) => this.#stdin.onWords(words),
      onOutput: (stream, data) => this.#phase?.onOutput(stream.endsWith('o') ? 'stdout' : 'stderr', data),
      onFiles: (data) => {
        this.#receivedBytes += data.length;
        this.#isReceiving &&= this.#receiver.push(data);
      },
      onLaunch: () => {
        this.#isLaunched = true;
        this.#dialogue.giveUpAtMs = performance.now() + START_MS;
      },
      room: () => this.#room(),
    });
  }

  async run(): Promise<JobOutcome> {
    const { signal } = this.#run;
    const onAbort = (): void => void this.#dialogue.stop();
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      const ending = await this.#follow();
      return await this.#outcome(ending);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#stdin.end();
    }
  }

  async #follow(): Promise<DialogueEnding> {
    const { sandbox, signal } = this.#run;
    try {
      return await this.#dialogue.run();
    } catch (error) {
      if (signal.aborted) return 'given up';
      if (!(error instanceof ServiceFailure)) throw error;
      // Nothing was launched, so that another executor may have the program.
      if (!this.#isLaunched) throw apiError(error);
      throw sandboxLost(sandbox, error);
    }
  }

  async #outcome(ending: DialogueEnding): Promise<JobOutcome> {
    const { signal, plan } = this.#run;
    if (this.#refusal !== null) throw this.#refusal;
    if (signal.aborted) this.#phase?.stop('cancelled');
    else if (this.#phase === null) throw endNotSeen();
    else if (!this.#phase.hasEnded) {
      // Only the clock makes a timeout; a program that ends its watchers is none.
      if (ending !== 'given up' || performance.now() < this.#deadlineAtMs) throw endNotSeen();
      this.#phase.stop('timeout');
    }
    const received = await this.#receiver.finish();
    const isWhole = this.#filesEnded && this.#receivedBytes > 0 && this.#isReceiving && received.isComplete;
    // Whoever cancels knows that nothing comes back.
    if (plan.collectArtifacts && this.#expectsFiles && !isWhole && !signal.aborted)
      this.#warnings.push(filesLeftOut);
    return {
      files: received.files,
      omitted: received.omitted,
      removed: isWhole ? received.removed : [],
      warnings: this.#warnings,
      isOver: ending === 'done',
    };
  }

  #onSaid(words: string): void {
    const { plan } = this.#run;
    const [what = '', ...rest] = words.split(' ');
    const first = rest[0] ?? '';
    switch (what) {
      case 'unusable':
        this.#refusal = this.#unusable(rest.join(' ').trim());
        return;
      case 'missing':
        this.#refusal = missingProgram(plan.language, first);
        return;
      case 'ready':
        this.#run.onInside({ userId: numberOf(first), openFileCount: numberOf(rest[1] ?? '') });
        return;
      case 'started':
        this.#start(first === 'compile' ? 'compile' : 'run');
        return;
      case 'ended':
        this.#onEnded(words);
        return;
      case 'lost':
        this.#warnings.push(outputLost(first));
        return;
      case 'files':
        this.#filesEnded = true;
        return;
      default:
      // A word of a later agent, or of a program that writes among them: of no account.
    }
  }

  #start(phase: 'compile' | 'run'): void {
    const { plan, controller } = this.#run;
    const { compileTimeoutMs, runTimeoutMs, outputBytes } = plan.limits;
    const timeoutMs = phase === 'compile' ? compileTimeoutMs : runTimeoutMs;
    this.#phase = new PhaseRecord(phase, outputBytes, controller);
    this.#run.onPhase(phase, this.#phase);
    const now = performance.now();
    // At its deadline the program ends, and what it wrote must come through, however slow the consumer is.
    this.#deadlineAtMs = now + timeoutMs;
    this.#dialogue.giveUpAtMs = now + timeoutMs + LATE_GRACE_MS;
    if (phase === 'run' && plan.stdin.kind === 'stream') {
      this.#stdin.feed(controller).catch((error: unknown) => this.#onStdinLost(error));
    }
  }

  #onEnded(words: string): void {
    if (this.#phase?.onEnded(words) !== true) return;
    const { exitCode, signal, stoppedBy } = this.#phase.result();
    if (exitCode === null && signal === null && stoppedBy === null) this.#refusal = endNotSeen();
    this.#stdin.end();
    this.#expectsFiles = words.startsWith('ended run');
    this.#dialogue.giveUpAtMs = performance.now() + FILES_MS;
  }

  /** A program that waits for the rest of its input would wait to its deadline. */
  #onStdinLost(error: unknown): void {
    if (this.#phase?.hasEnded === true) return;
    this.#refusal ??= error instanceof ServiceFailure ? sandboxLost(this.#run.sandbox, error) : endNotSeen();
    void this.#dialogue.stop();
  }

  #unusable(what: string): Error {
    return what === 'files'
      ? apiError(serviceFailure('address', 'the files did not arrive'))
      : unusableSandbox(what);
  }

  /** Waits for the consumer; at the deadline and after a cancellation nobody is waited for. */
  async #room(): Promise<void> {
    const { controller, signal } = this.#run;
    const left = this.#deadlineAtMs - performance.now();
    if (left <= 0 || signal.aborted || this.#phase?.hasEnded === true) return;
    const giveUp = new AbortController();
    const onAbort = (): void => giveUp.abort();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.race([controller.drained(), pause(Math.min(left, 2 ** 31 - 1), giveUp.signal)]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      giveUp.abort();
    }
  }
}

function numberOf(text: string): number | null {
  return /^\d{1,15}$/u.test(text) ? Number(text) : null;
}

function outputLost(stream: string): LocalizedText {
  const name = stream.endsWith('o') ? 'stdout' : 'stderr';
  return {
    en: `Some of the program's ${name} was lost: the sandbox had no room for it.`,
    zh: `程序的部分 ${name} 输出丢失：沙箱没有空间存放。`,
  };
}
