import { randomBytes } from 'node:crypto';
import type { ExecutionPlan, ExecutorHost } from '@cloche/core/executor';
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
const KEPT_MS = 12 * 60 * MINUTE_MS;
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
  /** @param isFit whether it may serve another run; a sandbox that may not, or need not, is deleted */
  readonly giveBack: (isFit: boolean) => Promise<DisposalOutcome | 'kept'>;
}

export type PlanNeeds = Pick<ExecutionPlan, 'id' | 'limits' | 'network' | 'principal'>;

interface KeptSandbox {
  readonly sandbox: ServiceSandbox;
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
  #offered: { readonly sandbox: ServiceSandbox; readonly timer: NodeJS.Timeout } | null = null;

  constructor(parts: SupplyParts) {
    this.#parts = parts;
  }

  /** @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` when none can be had; the signal's reason */
  async lease(plan: PlanNeeds, signal: AbortSignal): Promise<Lease> {
    if (this.#parts.options.keepsSandbox && !this.#isKeptBusy) return this.#leaseKept(plan, signal);
    const sandbox = this.#takeOffered(plan) ?? (await this.create(plan, false, signal));
    return freshLease(sandbox, this.#parts.disposal);
  }

  /** A sandbox of nobody's yet, for the next run that can use it. */
  offer(sandbox: ServiceSandbox): void {
    if (this.#offered !== null) {
      void this.#parts.disposal.delete(sandbox);
      return;
    }
    const timer = setTimeout(() => {
      this.#offered = null;
      void this.#parts.disposal.delete(sandbox);
    }, OFFER_MS);
    this.#offered = { sandbox, timer };
  }

  /** @param isKept whether it is to live longer than this run */
  create(plan: PlanNeeds, isKept: boolean, signal: AbortSignal): Promise<ServiceSandbox> {
    const { service, disposal, options, host } = this.#parts;
    const { compileTimeoutMs, runTimeoutMs } = plan.limits;
    const timeMs = compileTimeoutMs + runTimeoutMs;
    const deadlineMs = Date.now() + (isKept ? KEPT_MS : timeMs + DEADLINE_SPARE_MS);
    const request = {
      name: `cloche-${formatOwner(host.owner).slice(0, 8)}-${plan.id}-${randomBytes(NAME_BYTES).toString('hex')}`,
      labels: sandboxLabels(host, deadlineMs, options.labels),
      blocksNetwork: this.#blocksNetwork(plan),
      autoStopMinutes: Math.ceil((options.autoStopMs ?? timeMs + SPARE_MS) / MINUTE_MS),
    };
    return createSandbox(service, disposal, request, signal);
  }

  /** Gives a sandbox that is used again the network that its next run is to have. */
  async adjustNetwork(sandbox: ServiceSandbox, plan: PlanNeeds): Promise<void> {
    const blocksNetwork = this.#blocksNetwork(plan);
    if (sandbox.blocksNetwork === blocksNetwork) return;
    await sandbox.setNetwork({ blocksNetwork, allowList: this.#parts.options.networkAllowList });
    await sandbox.refresh();
    if (sandbox.blocksNetwork !== blocksNetwork) throw networkNotChanged();
  }

  async close(): Promise<void> {
    const { disposal } = this.#parts;
    const offered = this.#offered;
    const kept = this.#kept;
    this.#offered = null;
    this.#kept = null;
    if (offered !== null) clearTimeout(offered.timer);
    await Promise.all(
      [offered?.sandbox, kept?.sandbox].flatMap((sandbox) =>
        sandbox === undefined ? [] : [disposal.delete(sandbox)],
      ),
    );
  }

  #blocksNetwork({ network }: PlanNeeds): boolean {
    return this.#parts.options.blocksNetwork || network === 'none';
  }

  #takeOffered(plan: PlanNeeds): ServiceSandbox | null {
    const offered = this.#offered;
    if (offered === null || offered.sandbox.blocksNetwork !== this.#blocksNetwork(plan)) return null;
    clearTimeout(offered.timer);
    this.#offered = null;
    return offered.sandbox;
  }

  async #leaseKept(plan: PlanNeeds, signal: AbortSignal): Promise<Lease> {
    this.#isKeptBusy = true;
    try {
      const kept = await this.#obtainKept(plan, signal);
      return this.#keptLease(kept, plan);
    } catch (error) {
      this.#isKeptBusy = false;
      throw error;
    }
  }

  async #obtainKept(plan: PlanNeeds, signal: AbortSignal): Promise<KeptSandbox> {
    const kept = this.#kept;
    if (kept !== null && kept.principal === plan.principal) {
      try {
        await this.adjustNetwork(kept.sandbox, plan);
        return kept;
      } catch (error) {
        if (!(error instanceof ServiceFailure)) throw error;
        // It may have stopped meanwhile; another one takes its place.
      }
    }
    this.#kept = null;
    if (kept !== null) void this.#parts.disposal.delete(kept.sandbox);
    const sandbox = this.#takeOffered(plan) ?? (await this.create(plan, true, signal));
    this.#kept = { sandbox, principal: plan.principal, formerIds: [] };
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
      giveBack: async (isFit) => {
        this.#isKeptBusy = false;
        if (isFit && this.#kept === kept) {
          formerIds.splice(0, before.length, plan.id);
          return 'kept';
        }
        if (this.#kept === kept) this.#kept = null;
        return this.#parts.disposal.delete(sandbox);
      },
    };
  }
}

function freshLease(sandbox: ServiceSandbox, disposal: SandboxDisposal): Lease {
  return {
    sandbox,
    places: null,
    knownFiles: [],
    formerIds: [],
    remember: () => undefined,
    giveBack: () => disposal.delete(sandbox),
  };
}

function networkNotChanged(): ServiceFailure {
  return serviceFailure('server', 'the network of the sandbox was not changed');
}
