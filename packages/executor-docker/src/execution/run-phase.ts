import type {
  ExecutionController,
  ExecutionPlan,
  LocalizedText,
  OmittedArtifact,
  PhaseResult,
  StopReason,
} from '@cloche/core/executor';
import { feedStdin, OutputCapture } from '@cloche/core/executor';
import type { FileLimits, ReceivedFiles, SandboxFile } from '@cloche/sandbox-agent';
import { FileReceiver, filesLeftOut } from '@cloche/sandbox-agent';
import type { Ending } from '../container/ending.ts';
import type { Job } from '../container/job-script.ts';
import { jobMessage } from '../container/job-script.ts';
import type { OutputHandler } from '../container/job-output.ts';
import type { SandboxContainer } from '../container/sandbox-container.ts';
import { aheadKey, startAhead } from '../container/start-ahead.ts';
import { containerLost } from './container-lost.ts';

/** The agent ends a program that is late by itself; where it does not, the container goes this much later. */
const LATE_GRACE_MS = 1500;
/** What was written before a container was ended is read within this time, or not at all. */
const LAST_BYTES_MS = 2000;
/** Files that take longer than this to come back do not come back. */
const FILES_MS = 60_000;

export interface PhaseContext {
  readonly phase: 'compile' | 'run';
  readonly plan: ExecutionPlan;
  readonly job: Job;
  /** What was there before any phase, and does not come back unchanged. */
  readonly given: readonly SandboxFile[];
  readonly fileLimits: FileLimits;
  readonly container: SandboxContainer;
  readonly signal: AbortSignal;
  readonly controller: ExecutionController;
}

export interface PhaseOutcome {
  readonly result: PhaseResult;
  readonly isScratchFull: boolean;
  readonly files: readonly SandboxFile[];
  readonly omitted: readonly OmittedArtifact[];
  readonly removed: readonly SandboxFile[];
  /** False: files are missing, and nothing else names them. */
  readonly isComplete: boolean;
  /** For the result. */
  readonly warnings: readonly LocalizedText[];
}

/**
 * Runs one phase in a container that waits for it: streams, stdin, deadline, cancellation, limits and files.
 *
 * @throws ClocheError `ERR_EXECUTOR_FAILED` when the container ended without saying how
 */
export async function runPhase(context: PhaseContext): Promise<PhaseOutcome> {
  return new PhaseRun(context).run();
}

class PhaseRun {
  readonly #context: PhaseContext;
  readonly #stdout: OutputCapture;
  readonly #stderr: OutputCapture;
  readonly #receiver: FileReceiver;
  #isFinishing = false;
  #isPaused = false;
  #reason: StopReason | null = null;
  #removalProblem: unknown = null;

  constructor(context: PhaseContext) {
    this.#context = context;
    const { outputBytes } = context.plan.limits;
    this.#stdout = new OutputCapture(outputBytes);
    this.#stderr = new OutputCapture(outputBytes);
    this.#receiver = new FileReceiver(context.given, context.fileLimits);
  }

  async run(): Promise<PhaseOutcome> {
    const { phase, job, container, controller, plan } = this.#context;
    const { ahead } = container;
    const isWanted = ahead !== null && aheadKey(startAhead(job, plan.language)) === aheadKey(ahead);
    const message = await jobMessage(job, ahead === null ? { ahead } : { ahead, isWanted });
    controller.emit({ type: 'stage', stage: phase, state: 'started' });
    const startedAtMs = performance.now();
    const handler: OutputHandler = {
      onOutput: (stream, data) => {
        (stream === 'stdout' ? this.#stdout : this.#stderr).append(data);
        if (!controller.emit({ type: stream, phase, data })) this.#holdBack();
      },
      onFiles: (chunk) => {
        // Nothing of the rest is wanted, and its writer may have no end.
        if (!this.#receiver.push(chunk)) container.remove().catch(() => undefined);
      },
    };
    container.run(message, handler, isWanted);
    if (job.hasStdin && container.stdin !== null) {
      // Its failure is the program's business: whoever writes sees that nobody reads.
      feedStdin(container.stdin, plan.stdin, controller).catch(() => undefined);
    }
    const ending = await this.#watch();
    const durationMs = performance.now() - startedAtMs;
    controller.emit({ type: 'stage', stage: phase, state: 'finished' });
    const { files, omitted, removed, isComplete } = await this.#receiveFiles();
    const limit = limitReached(ending);
    // A limit that was broken explains a timeout better than the clock does.
    const reason = this.#reason ?? (ending.isLate ? 'timeout' : null);
    const result = {
      exitCode: reason === null ? ending.exitCode : null,
      signal: reason === null ? ending.signal : null,
      stdout: this.#stdout.finish(),
      stderr: this.#stderr.finish(),
      durationMs,
      stoppedBy: reason === 'cancelled' ? reason : (limit ?? reason),
    };
    const warnings = isComplete ? [] : [filesLeftOut];
    return { result, isScratchFull: ending.isScratchFull, files, omitted, removed, isComplete, warnings };
  }

  /** Waits for the end, and brings it about at the deadline and at the caller's wish. */
  async #watch(): Promise<Ending> {
    const { container, signal, job } = this.#context;
    const stop = (why: StopReason): void => {
      this.#reason ??= why;
      this.#drain();
      container.remove().catch((error: unknown) => {
        this.#removalProblem = error;
      });
    };
    const cancel = (): void => stop('cancelled');
    // The agent ends the program now, and what it says must come through, however slow the consumer is.
    const drain = setTimeout(() => this.#drain(), job.timeoutMs);
    const deadline = setTimeout(() => stop('timeout'), job.timeoutMs + LATE_GRACE_MS);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      return await container.ending;
    } catch (error) {
      return await this.#endingOfLost(error);
    } finally {
      clearTimeout(drain);
      clearTimeout(deadline);
      signal.removeEventListener('abort', cancel);
    }
  }

  async #endingOfLost(cause: unknown): Promise<Ending> {
    const unseen: Ending = {
      exitCode: null,
      signal: null,
      isLate: false,
      outOfMemoryKills: null,
      refusedProcesses: null,
      isScratchFull: false,
    };
    const { container } = this.#context;
    // At its deadline nobody knows whether it has ended, where the engine does not answer.
    if (this.#reason === 'timeout' && this.#removalProblem !== null)
      throw await containerLost(container, cause);
    if (this.#reason !== null) return unseen;
    const wasOutOfMemory = await container.wasOutOfMemory().catch(() => false);
    if (wasOutOfMemory) return { ...unseen, outOfMemoryKills: 1 };
    throw await containerLost(container, cause);
  }

  async #receiveFiles(): Promise<ReceivedFiles> {
    const { container, signal, job } = this.#context;
    const giveUp = Promise.withResolvers<void>();
    const timer = setTimeout(giveUp.resolve, this.#reason === null ? FILES_MS : LAST_BYTES_MS);
    const onAbort = (): void => giveUp.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    this.#drain();
    const isOver = await Promise.race([container.over.then(() => true), giveUp.promise.then(() => false)]);
    // Once an archive has begun, its end mark says whether it came to its end.
    const isCutOff = !isOver || !container.hasToldAll;
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    const received = await this.#receiver.finish();
    // Whoever cancels knows that nothing comes back.
    if (job.collected.length === 0 || this.#reason === 'cancelled')
      return { ...received, isComplete: true, removed: [] };
    return isCutOff ? { ...received, isComplete: false, removed: [] } : received;
  }

  #holdBack(): void {
    const { container, controller } = this.#context;
    if (this.#isFinishing || this.#isPaused) return;
    this.#isPaused = true;
    container.pause();
    void controller.drained().then(() => {
      this.#isPaused = false;
      container.resume();
    });
  }

  #drain(): void {
    this.#isFinishing = true;
    this.#context.container.resume();
  }
}

function limitReached({ outOfMemoryKills, refusedProcesses }: Ending): StopReason | null {
  if (outOfMemoryKills !== null && outOfMemoryKills > 0) return 'out_of_memory';
  return refusedProcesses !== null && refusedProcesses > 0 ? 'limit' : null;
}
