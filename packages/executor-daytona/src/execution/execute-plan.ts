import type {
  Artifact,
  ExecutionController,
  ExecutionPlan,
  ExecutionResult,
  ExecutorHost,
  Isolation,
  LocalizedText,
  NetworkPolicy,
  OmittedArtifact,
} from '@cloche/core/executor';
import { ClocheError, conclude, LANGUAGES, transformProgram } from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';
import { removedFiles } from '@cloche/sandbox-agent';
import type { Job } from '../agent/job.ts';
import { NETWORK_NOT_HELD } from '../network-not-held.ts';
import { isolationOf } from '../sandbox/isolation-of.ts';
import type { Lease, LeaseEnding, OnLeft } from '../sandbox/sandbox-supply.ts';
import { leftWarning } from '../sandbox/sandbox-disposal.ts';
import type { PhaseRecord } from './phase-record.ts';
import type { ReadInside } from './report-enforcement.ts';
import { reportEnforcement } from './report-enforcement.ts';
import { runJob } from './run-job.ts';

export interface Resources {
  readonly host: ExecutorHost;
  /** A sandbox for this run. */
  readonly lease: (signal: AbortSignal, onLeft: OnLeft) => Promise<Lease>;
  /** Null: not known. */
  readonly toolchainVersion: string | null;
  /** False: the service was seen to let a sandbox out that was to have no network. */
  readonly holdsNetwork: boolean;
  /** False: a program may raise its limit of open files, or nobody knows. */
  readonly holdsOpenFiles: boolean;
}

/** One plan from its sandbox to its result. Whatever happens, its sandbox is deleted, or given back where it is kept. */
export async function executePlan(
  plan: ExecutionPlan,
  resources: Resources,
  signal: AbortSignal,
  controller: ExecutionController,
): Promise<ExecutionResult> {
  return new PlanRun(plan, resources, signal, controller).execute();
}

interface PreparedRun {
  readonly files: readonly SandboxFile[];
  readonly runArgv: readonly string[];
}

class PlanRun {
  readonly #plan: ExecutionPlan;
  readonly #resources: Resources;
  readonly #signal: AbortSignal;
  readonly #controller: ExecutionController;
  readonly #startedAtMs = performance.now();
  readonly #warnings: LocalizedText[] = [];
  #transform: ExecutionResult['compile'] = null;
  #compile: PhaseRecord | null = null;
  #run: PhaseRecord | null = null;
  #isolation: Isolation = isolationOf(null);
  #network: NetworkPolicy | null = null;
  #inside: ReadInside | null = null;
  #artifacts: readonly Artifact[] = [];
  #omitted: readonly OmittedArtifact[] = [];
  #removed: readonly SandboxFile[] = [];

  constructor(
    plan: ExecutionPlan,
    resources: Resources,
    signal: AbortSignal,
    controller: ExecutionController,
  ) {
    this.#plan = plan;
    this.#resources = resources;
    this.#signal = signal;
    this.#controller = controller;
  }

  async execute(): Promise<ExecutionResult> {
    try {
      if (!this.#signal.aborted) await this.#execute();
    } catch (error) {
      // Whatever fails because the caller has gone is no failure.
      if (!this.#signal.aborted) throw error;
    }
    return this.#result();
  }

  async #execute(): Promise<void> {
    const prepared = await this.#prepare();
    if (prepared === null || this.#signal.aborted) return;
    const lease = await this.#lease();
    this.#warnings.push(...lease.warnings);
    let ending: LeaseEnding = { isOver: false, wasStopped: true };
    let failure: unknown = null;
    try {
      if (!this.#signal.aborted) ending = await this.#runIn(lease, prepared);
    } catch (error) {
      failure = error;
    }
    const outcome = await lease.giveBack(ending);
    if (outcome === 'left') this.#warnings.push(leftWarning(lease.sandbox.name));
    if (failure !== null) throw outcome === 'left' ? withLeft(failure, lease.sandbox.name) : failure;
  }

  /** Null where the sources are not valid TypeScript. */
  async #prepare(): Promise<PreparedRun | null> {
    const plan = this.#plan;
    if (plan.compile?.kind !== 'host-transform')
      return { files: plan.files.map(inWork), runArgv: plan.runArgv };
    const { compile, transformed } = await transformProgram(plan, this.#resources.host, this.#controller);
    this.#transform = compile;
    if (transformed === null) return null;
    return { files: [...plan.files, ...transformed.files].map(inWork), runArgv: transformed.runArgv };
  }

  async #lease(): Promise<Lease> {
    const stage = { type: 'stage', stage: 'create' } as const;
    this.#controller.emit({ ...stage, state: 'started', detail: 'Daytona sandbox' });
    const lease = await this.#resources.lease(this.#signal, (name) => this.#warnings.push(leftWarning(name)));
    this.#controller.emit({ ...stage, state: 'finished' });
    return lease;
  }

  async #runIn(lease: Lease, { files, runArgv }: PreparedRun): Promise<LeaseEnding> {
    const plan = this.#plan;
    const { sandbox } = lease;
    if (!this.#resources.holdsNetwork) this.#warnings.push(NETWORK_NOT_HELD);
    this.#isolation = isolationOf(sandbox.sandboxClass);
    this.#network = sandbox.blocksNetwork && this.#resources.holdsNetwork ? 'none' : 'full';
    const job: Job = {
      id: plan.id,
      places: lease.places ?? `/tmp/cloche-${plan.id}`,
      keepsFiles: lease.places !== null,
      formerIds: lease.formerIds,
      programs: LANGUAGES[plan.language].programs.map(({ name }) => name),
      files,
      compile:
        plan.compile?.kind === 'command'
          ? { argv: plan.compile.argv, timeoutMs: plan.limits.compileTimeoutMs }
          : null,
      run: { argv: runArgv, timeoutMs: plan.limits.runTimeoutMs },
      environment: plan.environment,
      stdin: plan.stdin,
      memoryBytes: plan.limits.memoryBytes,
      processCount: plan.limits.processCount,
      openFileCount: plan.limits.openFileCount,
      fileLimitBytes: plan.collectArtifacts ? plan.limits.artifactBytes : null,
    };
    const outcome = await runJob({
      plan,
      job,
      sandbox,
      known: lease.knownFiles,
      signal: this.#signal,
      controller: this.#controller,
      onPhase: (phase, record) => {
        if (phase === 'compile') this.#compile = record;
        else this.#run = record;
      },
      onInside: (inside) => {
        this.#inside = inside;
      },
    });
    this.#warnings.push(...outcome.warnings);
    this.#omitted = outcome.omitted;
    this.#removed = outcome.removed;
    this.#artifacts = outcome.files.map(({ path, content, executable }) => ({ path, content, executable }));
    lease.remember([...files, ...outcome.files]);
    for (const artifact of this.#artifacts) this.#controller.emit({ type: 'artifact', artifact });
    const last = this.#run ?? this.#compile;
    return {
      isOver: outcome.isOver && last?.hasEnded === true,
      wasStopped: last?.result().stoppedBy !== null,
    };
  }

  #result(): ExecutionResult {
    const plan = this.#plan;
    const phases = {
      install: null,
      compile: this.#compile?.result() ?? this.#transform,
      run: this.#run?.result() ?? null,
    };
    const wasStarted = this.#compile !== null || this.#run !== null;
    return {
      id: plan.id,
      language: plan.language,
      ...conclude(phases, {
        brokenLimit: 'processes',
        network: plan.network,
        cancelled: this.#signal.aborted && this.#run === null,
      }),
      ...phases,
      artifacts: this.#artifacts,
      omittedArtifacts: this.#omitted,
      removedFiles: removedFiles(plan, this.#removed),
      executor: { name: 'daytona', isolation: this.#isolation, passedOver: [] },
      toolchainVersion: this.#resources.toolchainVersion,
      image: null,
      network: wasStarted ? this.#network : null,
      enforcement: reportEnforcement(plan.limits, this.#inside, this.#resources.holdsOpenFiles),
      warnings: this.#warnings,
      durationMs: performance.now() - this.#startedAtMs,
    };
  }
}

/** The failure, and what else its reader has to know. */
function withLeft(failure: unknown, name: string): unknown {
  if (!ClocheError.isInstance(failure)) return failure;
  const { message, hint } = failure.text;
  const left = leftWarning(name);
  return new ClocheError({
    code: failure.code,
    message: { en: `${message.en} ${left.en}`, zh: `${message.zh} ${left.zh}` },
    hint,
    retryable: failure.retryable,
    cause: failure.cause,
  });
}

function inWork(file: ExecutionPlan['files'][number]): SandboxFile {
  return { directory: 'work', ...file };
}
