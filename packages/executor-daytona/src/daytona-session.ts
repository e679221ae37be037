import { randomBytes } from 'node:crypto';
import type {
  ExecuteOptions,
  Execution,
  ExecutionController,
  ExecutionPlan,
  ExecutionResult,
  ExecutorSession,
  LocalizedText,
} from '@cloche/core/executor';
import { RunningExecutions } from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';
import type { DisposalOutcome, SandboxDisposal } from './sandbox/sandbox-disposal.ts';
import type { Lease, MadeSandbox, OnLeft, SandboxSupply } from './sandbox/sandbox-supply.ts';
import { unlessAborted } from './unless-aborted.ts';

const ID_BYTES = 16;

export interface SessionParts {
  readonly supply: SandboxSupply;
  readonly disposal: SandboxDisposal;
  readonly execute: (
    plan: ExecutionPlan,
    lease: (signal: AbortSignal, onLeft: OnLeft) => Promise<Lease>,
    signal: AbortSignal,
    controller: ExecutionController,
  ) => Promise<ExecutionResult>;
  readonly onClosed: (session: DaytonaSession) => void;
}

/** A series of runs in one sandbox, one after the other, whose files stay. It is made with the first run. */
export class DaytonaSession implements ExecutorSession {
  readonly id: string = randomBytes(ID_BYTES).toString('hex');
  readonly #parts: SessionParts;
  readonly #running = new RunningExecutions();
  readonly #files = new Map<string, SandboxFile>();
  #made: MadeSandbox | null = null;
  #hasLostFiles = false;
  #formerIds: string[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  execute(plan: ExecutionPlan, { signal }: ExecuteOptions): Execution {
    return this.#running.start(plan, signal, (controller, aborting) => {
      // Who gives up does not wait for the runs before.
      const before = unlessAborted(this.#last, aborting).catch(() => undefined);
      const run = before.then(() =>
        this.#parts.execute(
          plan,
          (running, onLeft) => this.#lease(plan, running, onLeft),
          aborting,
          controller,
        ),
      );
      this.#last = Promise.allSettled([this.#last, run]);
      return run;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await this.#running.endAll();
    const made = this.#made;
    this.#made = null;
    this.#parts.onClosed(this);
    if (made !== null) await this.#parts.disposal.delete(made.sandbox);
  }

  async #lease(plan: ExecutionPlan, signal: AbortSignal, onLeft: OnLeft): Promise<Lease> {
    const { supply } = this.#parts;
    if (this.#made !== null && !(await supply.canServe(this.#made, plan))) await this.#giveUp();
    this.#made ??= await supply.create(plan, true, signal, onLeft);
    const made = this.#made;
    const warnings = this.#hasLostFiles ? [FILES_LOST] : [];
    this.#hasLostFiles = false;
    return {
      sandbox: made.sandbox,
      places: `/tmp/cloche-session-${this.id}`,
      knownFiles: [...this.#files.values()],
      formerIds: this.#formerIds,
      warnings,
      remember: (files) => {
        for (const file of files) this.#files.set(file.path, file);
      },
      giveBack: async ({ isOver }) => {
        made.usedAtMs = performance.now();
        this.#formerIds = [plan.id];
        if (isOver && !this.#isClosed) return 'kept';
        return this.#giveUp();
      },
    };
  }

  /** The next run has a new one, and is told what that means. */
  async #giveUp(): Promise<DisposalOutcome> {
    const made = this.#made;
    this.#made = null;
    this.#formerIds = [];
    this.#hasLostFiles ||= this.#files.size > 0;
    this.#files.clear();
    return made === null ? 'deleted' : this.#parts.disposal.delete(made.sandbox);
  }
}

const FILES_LOST: LocalizedText = {
  en: 'The files of this session are gone: its sandbox had to be given up after the run before, or was stopped by the service.',
  zh: '本会话的文件已丢失：其沙箱在上一次运行后被放弃，或已被服务停止。',
};
