import { randomBytes } from 'node:crypto';
import type {
  ExecuteOptions,
  Execution,
  ExecutionController,
  ExecutionPlan,
  ExecutionResult,
  ExecutorSession,
} from '@cloche/core/executor';
import { RunningExecutions } from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';
import type { SandboxDisposal } from './sandbox/sandbox-disposal.ts';
import type { Lease, SandboxSupply } from './sandbox/sandbox-supply.ts';
import type { ServiceSandbox } from './service/service-sandbox.ts';

const ID_BYTES = 16;

export interface SessionParts {
  readonly supply: SandboxSupply;
  readonly disposal: SandboxDisposal;
  readonly execute: (
    plan: ExecutionPlan,
    lease: (signal: AbortSignal) => Promise<Lease>,
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
  #sandbox: ServiceSandbox | null = null;
  #formerIds: string[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  execute(plan: ExecutionPlan, { signal }: ExecuteOptions): Execution {
    return this.#running.start(plan, signal, (controller, aborting) => {
      const before = this.#last;
      const run = before.then(() =>
        this.#parts.execute(plan, (running) => this.#lease(plan, running), aborting, controller),
      );
      this.#last = run.catch(() => undefined);
      return run;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await this.#running.endAll();
    const sandbox = this.#sandbox;
    this.#sandbox = null;
    this.#parts.onClosed(this);
    if (sandbox !== null) await this.#parts.disposal.delete(sandbox);
  }

  async #lease(plan: ExecutionPlan, signal: AbortSignal): Promise<Lease> {
    const { supply, disposal } = this.#parts;
    if (this.#sandbox === null) this.#sandbox = await supply.create(plan, true, signal);
    else await supply.adjustNetwork(this.#sandbox, plan);
    const sandbox = this.#sandbox;
    const formerIds = this.#formerIds;
    return {
      sandbox,
      places: `/tmp/cloche-session-${this.id}`,
      knownFiles: [...this.#files.values()],
      formerIds,
      remember: (files) => {
        for (const file of files) this.#files.set(file.path, file);
      },
      giveBack: async (isFit) => {
        this.#formerIds = [plan.id];
        // What is not fit any more ends with its session, unless its caller goes on: the next run has a new one.
        if (isFit && !this.#isClosed) return 'kept';
        if (this.#sandbox === sandbox) this.#sandbox = null;
        this.#formerIds = [];
        this.#files.clear();
        return disposal.delete(sandbox);
      },
    };
  }
}
