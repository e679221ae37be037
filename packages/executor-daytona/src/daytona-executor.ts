import type {
  CapabilityQuery,
  ExecuteOptions,
  Execution,
  ExecutionController,
  ExecutionPlan,
  ExecutionResult,
  Executor,
  ExecutorCapabilities,
  ExecutorHost,
  ExecutorSession,
  ProbeResult,
  ReapReport,
} from '@cloche/core/executor';
import { ClocheError, createPlan, LANGUAGE_IDS, LANGUAGES, RunningExecutions } from '@cloche/core/executor';
import { daytonaCapabilities } from './daytona-capabilities.ts';
import { DaytonaSession } from './daytona-session.ts';
import { executePlan } from './execution/execute-plan.ts';
import type { DaytonaOptions } from './options.ts';
import { pause } from './pause.ts';
import { probeService } from './probe-service.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { reapLeftovers } from './reap.ts';
import { SandboxDisposal } from './sandbox/sandbox-disposal.ts';
import type { Lease, OnLeft } from './sandbox/sandbox-supply.ts';
import { SandboxSupply } from './sandbox/sandbox-supply.ts';
import { DaytonaService } from './service/daytona-service.ts';
import { apiError } from './service/service-error.ts';
import { ServiceFailure } from './service/service-failure.ts';
import type { Timing } from './service/timing.ts';
import { DEFAULT_TIMING } from './service/timing.ts';
import { unlessAborted } from './unless-aborted.ts';
import type { SnapshotFacts } from './snapshots/snapshot-facts.ts';
import { lookInside, SnapshotFactsCache } from './snapshots/snapshot-facts.ts';

/** Whoever asks for capabilities does not wait for ever. */
const LOOK_MS = 20_000;

interface Connection {
  readonly service: DaytonaService;
  readonly disposal: SandboxDisposal;
  readonly supply: SandboxSupply;
}

export class DaytonaExecutor implements Executor {
  readonly specificationVersion = 1;
  readonly name = 'daytona';
  readonly #options: DaytonaOptions;
  readonly #host: ExecutorHost;
  readonly #timing: Timing;
  readonly #factsCache: SnapshotFactsCache;
  readonly #running = new RunningExecutions();
  readonly #sessions = new Set<DaytonaSession>();
  #connection: Connection | null = null;
  #looking: Promise<SnapshotFacts> | null = null;
  readonly #ending = new AbortController();

  /** @param timing how long the service is waited for; tests have less time */
  constructor(options: DaytonaOptions, host: ExecutorHost, timing: Timing = DEFAULT_TIMING) {
    this.#options = options;
    this.#host = host;
    this.#timing = timing;
    this.#factsCache = new SnapshotFactsCache(options, host);
  }

  async probe({ signal }: { readonly signal?: AbortSignal } = {}): Promise<ProbeResult> {
    return probeService(() => this.#connect().service, signal ?? null);
  }

  async capabilities(query: CapabilityQuery = {}): Promise<ExecutorCapabilities> {
    const connection = this.#connect();
    const languages = query.languages ?? LANGUAGE_IDS;
    const known = await this.#factsCache.known();
    const mayLook = query.mayCost !== false && languages.length > 0;
    const facts = known ?? (mayLook ? await this.#lookWithin(LOOK_MS, connection) : null);
    return daytonaCapabilities(this.#options, facts, languages);
  }

  execute(plan: ExecutionPlan, { signal }: ExecuteOptions): Execution {
    return this.#running.start(plan, signal, (controller, aborting) => {
      const lease = async (running: AbortSignal, onLeft: OnLeft): Promise<Lease> => {
        // A look that is still under way brings a sandbox.
        if (this.#looking !== null) await unlessAborted(this.#looking.then(nothing, nothing), running);
        return this.#connect().supply.lease(plan, running, onLeft);
      };
      return this.#execute(plan, lease, aborting, controller);
    });
  }

  async openSession({ signal }: ExecuteOptions): Promise<ExecutorSession> {
    signal.throwIfAborted();
    const { supply, disposal } = this.#connect();
    const session = new DaytonaSession({
      supply,
      disposal,
      execute: (plan, lease, aborting, controller) => this.#execute(plan, lease, aborting, controller),
      onClosed: (closed) => this.#sessions.delete(closed),
    });
    this.#sessions.add(session);
    return Promise.resolve(session);
  }

  async reap(): Promise<ReapReport> {
    try {
      return await reapLeftovers(this.#connect().service, this.#host);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { removed: [], failed: [{ kind: 'sandbox', name: 'cloche-*', reason }] };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#running.endAll();
    await Promise.all([...this.#sessions].map((session) => session[Symbol.asyncDispose]()));
    await this.#looking?.catch(() => undefined);
    await this.#connection?.supply.close();
    await this.#connection?.disposal.settle();
    await this.#connection?.service.close();
  }

  async #execute(
    plan: ExecutionPlan,
    lease: (signal: AbortSignal, onLeft: OnLeft) => Promise<Lease>,
    signal: AbortSignal,
    controller: ExecutionController,
  ): Promise<ExecutionResult> {
    this.#connect();
    const facts = await this.#factsCache.known();
    refuseUnsupported(plan, daytonaCapabilities(this.#options, facts, []));
    const program = LANGUAGES[plan.language].programs[0]?.name ?? '';
    const resources = {
      host: this.#host,
      lease,
      toolchainVersion: facts?.versions[program] ?? null,
      holdsNetwork: facts?.holdsNetwork ?? true,
      holdsOpenFiles: facts !== null && facts.userId !== 0 && !facts.mayBecomeRoot,
    };
    try {
      return await executePlan(plan, resources, signal, controller);
    } catch (error) {
      // The snapshot has changed under its name.
      if (ClocheError.isInstance(error) && error.code === 'ERR_LANGUAGE_UNSUPPORTED')
        await this.#factsCache.forget();
      if (error instanceof ServiceFailure) throw apiError(error);
      throw error;
    }
  }

  /** @throws ClocheError where no key is configured, the address is none, or the executor was disposed */
  #connect(): Connection {
    if (this.#ending.signal.aborted) throw disposed();
    if (this.#connection === null) {
      const { logger } = this.#host;
      const service = new DaytonaService(this.#options, logger, this.#timing);
      const disposal = new SandboxDisposal(service, this.#timing, logger);
      const supply = new SandboxSupply({ service, disposal, options: this.#options, host: this.#host });
      this.#connection = { service, disposal, supply };
    }
    return this.#connection;
  }

  /** Null where it takes longer, as the first sandbox of an image does; it goes on, and the run waits for it. */
  async #lookWithin(timeoutMs: number, connection: Connection): Promise<SnapshotFacts | null> {
    const over = new AbortController();
    try {
      return await Promise.race([this.#look(connection), pause(timeoutMs, over.signal).then(() => null)]);
    } finally {
      over.abort();
    }
  }

  /** One look serves everybody who waits for it; its sandbox serves the next run. */
  #look(connection: Connection): Promise<SnapshotFacts> {
    this.#looking ??= this.#lookOnce(connection).finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #lookOnce({ service, supply, disposal }: Connection): Promise<SnapshotFacts> {
    const needs = createPlan({ language: 'bash', code: 'true', network: 'none' });
    const made = await supply.create(needs, this.#options.keepsSandbox, this.#ending.signal, () => undefined);
    try {
      const facts = await lookInside(made.sandbox, service, this.#ending.signal);
      await this.#factsCache.store(facts);
      supply.offer(made);
      return facts;
    } catch (error) {
      await disposal.delete(made.sandbox);
      if (error instanceof ServiceFailure) throw apiError(error);
      throw error;
    }
  }
}

const nothing = (): void => undefined;

function disposed(): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: { en: 'The Daytona executor has been disposed of.', zh: 'Daytona 执行器已被释放。' },
    hint: { en: 'Create a new runner.', zh: '请创建新的 runner。' },
  });
}
