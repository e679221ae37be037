import { randomBytes } from 'node:crypto';
import type { ExecutionPlan, ExecutorHost, LocalizedText } from '@cloche/core/executor';
import { formatOwner } from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';
import type { DaytonaOptions } from '../options.ts';
import type { DaytonaService } from '../service/daytona-service.ts';
import { ServiceFailure, serviceFailure } from '../service/service-failure.ts';
import type { ServiceSandbox } from '../service/service-sandbox.ts';
import { createSandbox } from './create-sandbox.ts';
import type { DisposalOutcome, SandboxDisposal } from './sandbox-disposal.ts';
import { sandboxLabels } from './sandbox-labels.ts';

const MINUTE_MS = 60_000;
const NAME_BYTES = 5;
/** A run's sandbox may be idle for so long beyond the time that the run may take. */
const SPARE_MS = 5 * MINUTE_MS;
/** After a run's time nobody can be using its sandbox; another machine's clock may be wrong by so much. */
const DEADLINE_SPARE_MS = 15 * MINUTE_MS;
/** How long a kept sandbox is kept at the most, and the longest run that it is made for unless its first is longer. */
const KEPT_MS = 12 * 60 * MINUTE_MS;
const KEPT_RUN_MS = 10 * MINUTE_MS;
/** A sandbox that was made to look at its snapshot waits for a run for so long. */
const OFFER_MS = 10_000;

/** A sandbox, for one run. */
export interface Lease {
  readonly sandbox: ServiceSandbox;
  /** The program's directories, where they stay from run to run; null: the run has its own. */
  readonly places: string | null;
  /** What former runs have left in them. */
  readonly knownFiles: readonly SandboxFile[];
  /** Former runs whose files are no longer needed. */
  readonly formerIds: readonly string[];
  readonly remember: (files: readonly SandboxFile[]) => void;
  /** Told before the run. */
  readonly warnings: readonly LocalizedText[];
  /** A sandbox that may not serve another run, or need not, is deleted. */
  readonly giveBack: (ending: LeaseEnding) => Promise<DisposalOutcome | 'kept'>;
}

export interface LeaseEnding {
  /** Whether the job's agent has said that all of it is over. */
  readonly isOver: boolean;
  /** Whether a limit or the caller had to end the program. */
  readonly wasStopped: boolean;
}

export type PlanNeeds = Pick<ExecutionPlan, 'id' | 'limits' | 'network' | 'principal'>;

/** Told the name of a sandbox that could not be deleted after its caller had gone. */
export type OnLeft = (name: string) => void;

/** A sandbox, and how long a run of it may be: its auto-stop and its deadline follow from that. */
export interface MadeSandbox {
  readonly sandbox: ServiceSandbox;
  readonly longestRunMs: number;
  readonly madeAtMs: number;
  usedAtMs: number;
}

interface KeptSandbox extends MadeSandbox {
  readonly principal: string;
  readonly formerIds: string[];
}

export interface SupplyParts {
  readonly service: DaytonaService;
  readonly disposal: SandboxDisposal;
  readonly options: DaytonaOptions;
  readonly host: ExecutorHost;
}

/** Where sandboxes come from: one for each run, or a kept one where that is asked for. */
export class SandboxSupply {
  readonly #parts: SupplyParts;
  #kept: KeptSandbox | null = null;
  #isKeptBusy = false;
  #offered: { readonly made: MadeSandbox; readonly timer: NodeJS.Timeout } | null = null;

  constructor(parts: SupplyParts) {
    this.#parts = parts;
  }

  /** @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` when none can be had; the signal's reason */
  async lease(plan: PlanNeeds, signal: AbortSignal, onLeft: OnLeft): Promise<Lease> {
    if (this.#parts.options.keepsSandbox && !this.#isKeptBusy) return this.#leaseKept(plan, signal, onLeft);
    const { sandbox } = this.#takeOffered(plan) ?? (await this.create(plan, false, signal, onLeft));
    return freshLease(sandbox, this.#parts.disposal);
  }

  /** A sandbox of nobody's yet, for the next run that can use it. */
  offer(made: MadeSandbox): void {
    if (this.#offered !== null) {
      void this.#parts.disposal.delete(made.sandbox);
      return;
    }
    const timer = setTimeout(() => {
      this.#offered = null;
      void this.#parts.disposal.delete(made.sandbox);
    }, OFFER_MS);
    this.#offered = { made, timer };
  }

  /** @param isKept whether it is to live longer than this run */
  async create(plan: PlanNeeds, isKept: boolean, signal: AbortSignal, onLeft: OnLeft): Promise<MadeSandbox> {
    const { service, disposal, options, host } = this.#parts;
    const timeMs = isKept ? Math.max(timeOf(plan), KEPT_RUN_MS) : timeOf(plan);
    const deadlineMs = Date.now() + (isKept ? KEPT_MS : timeMs + DEADLINE_SPARE_MS);
    const request = {
      name: `cloche-${formatOwner(host.owner).slice(0, 8)}-${plan.id}-${randomBytes(NAME_BYTES).toString('hex')}`,
      labels: sandboxLabels(host, deadlineMs, options.labels),
      blocksNetwork: this.#blocksNetwork(plan),
      autoStopMinutes: Math.ceil((options.autoStopMs ?? timeMs + SPARE_MS) / MINUTE_MS),
    };
    const sandbox = await createSandbox(service, disposal, request, signal, onLeft);
    const now = performance.now();
    return { sandbox, longestRunMs: timeMs, madeAtMs: now, usedAtMs: now };
  }

  async #adjustNetwork(sandbox: ServiceSandbox, plan: PlanNeeds): Promise<void> {
    const blocksNetwork = this.#blocksNetwork(plan);
    if (sandbox.blocksNetwork === blocksNetwork) return;
    await sandbox.setNetwork({ blocksNetwork, allowList: this.#parts.options.networkAllowList });
    await sandbox.refresh();
    if (sandbox.blocksNetwork !== blocksNetwork) throw networkNotChanged();
  }

  /** Whether a sandbox that served a run before can have this one: it is there, will be, and has the right network. */
  async canServe(made: MadeSandbox, plan: PlanNeeds): Promise<boolean> {
    const now = performance.now();
    if (timeOf(plan) > made.longestRunMs || now - made.madeAtMs + timeOf(plan) > KEPT_MS) return false;
    try {
      if (now - made.usedAtMs > made.sandbox.timing.silentMs) await made.sandbox.refresh();
      if (made.sandbox.state !== 'started') return false;
      await this.#adjustNetwork(made.sandbox, plan);
      return true;
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      return false;
    }
  }

  async close(): Promise<void> {
    const { disposal } = this.#parts;
    const offered = this.#offered;
    const kept = this.#kept;
    this.#offered = null;
    this.#kept = null;
    if (offered !== null) clearTimeout(offered.timer);
    await Promise.all(
      [offered?.made.sandbox, kept?.sandbox].flatMap((sandbox) =>
        sandbox === undefined ? [] : [disposal.delete(sandbox)],
      ),
    );
  }

  #blocksNetwork({ network }: PlanNeeds): boolean {
    return this.#parts.options.blocksNetwork || network === 'none';
  }

  #takeOffered(plan: PlanNeeds): MadeSandbox | null {
    const offered = this.#offered;
    if (offered === null) return null;
    const { sandbox, longestRunMs } = offered.made;
    if (sandbox.blocksNetwork !== this.#blocksNetwork(plan) || timeOf(plan) > longestRunMs) return null;
    clearTimeout(offered.timer);
    this.#offered = null;
    return offered.made;
  }

  async #leaseKept(plan: PlanNeeds, signal: AbortSignal, onLeft: OnLeft): Promise<Lease> {
    this.#isKeptBusy = true;
    try {
      const kept = await this.#obtainKept(plan, signal, onLeft);
      return this.#keptLease(kept, plan);
    } catch (error) {
      this.#isKeptBusy = false;
      throw error;
    }
  }

  async #obtainKept(plan: PlanNeeds, signal: AbortSignal, onLeft: OnLeft): Promise<KeptSandbox> {
    const kept = this.#kept;
    if (kept?.principal === plan.principal && (await this.canServe(kept, plan))) return kept;
    this.#kept = null;
    if (kept !== null) void this.#parts.disposal.delete(kept.sandbox);
    const made = this.#takeOffered(plan) ?? (await this.create(plan, true, signal, onLeft));
    this.#kept = { ...made, principal: plan.principal, formerIds: [] };
    return this.#kept;
  }

  #keptLease(kept: KeptSandbox, plan: PlanNeeds): Lease {
    const { sandbox, formerIds } = kept;
    const before = [...formerIds];
    return {
      sandbox,
      places: null,
      knownFiles: [],
      formerIds: before,
      remember: () => undefined,
      warnings: [],
      giveBack: async ({ isOver, wasStopped }) => {
        this.#isKeptBusy = false;
        // What had to be stopped may have left something running that hid its mark.
        if (isOver && !wasStopped && this.#kept === kept) {
          kept.usedAtMs = performance.now();
          formerIds.splice(0, before.length, plan.id);
          return 'kept';
        }
        if (this.#kept === kept) this.#kept = null;
        return this.#parts.disposal.delete(sandbox);
      },
    };
  }
}

function timeOf({ limits }: PlanNeeds): number {
  return limits.compileTimeoutMs + limits.runTimeoutMs;
}

function freshLease(sandbox: ServiceSandbox, disposal: SandboxDisposal): Lease {
  return {
    sandbox,
    places: null,
    knownFiles: [],
    formerIds: [],
    remember: () => undefined,
    warnings: [],
    giveBack: () => disposal.delete(sandbox),
  };
}

function networkNotChanged(): ServiceFailure {
  return serviceFailure('server', 'the network of the sandbox was not changed');
}
