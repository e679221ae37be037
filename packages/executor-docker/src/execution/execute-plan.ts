import type {
  Artifact,
  ExecutionController,
  ExecutionImage,
  ExecutionPlan,
  ExecutionResult,
  ExecutorHost,
  LocalizedText,
  OmittedArtifact,
  PhaseResult,
  PlanFile,
} from '@cloche/core/executor';
import { conclude, transformProgram } from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';
import { removedFiles } from '@cloche/sandbox-agent';
import type { CompileCache } from '../cache/compile-cache.ts';
import type { ConnectedEngine } from '../connected-engine.ts';
import type { Greeting } from '../container/greeting.ts';
import type { Job } from '../container/job-script.ts';
import type { EngineImage } from '../engine/engine.ts';
import { isMissingImage } from '../engine/missing-image.ts';
import type { DockerOptions } from '../options.ts';
import { compileProgram } from './compile-program.ts';
import { obtainImage } from './obtain-image.ts';
import type { Phase } from './recipe-of.ts';
import { reportEnforcement } from './report-enforcement.ts';
import { runInContainer } from './run-in-container.ts';
import type { PhaseOutcome } from './run-phase.ts';

export interface Resources {
  readonly host: ExecutorHost;
  readonly options: DockerOptions;
  readonly connected: ConnectedEngine;
  readonly compileCache: CompileCache;
}

/** One plan from its image to its result. Each phase has a container of its own. */
export async function executePlan(
  plan: ExecutionPlan,
  resources: Resources,
  signal: AbortSignal,
  controller: ExecutionController,
): Promise<ExecutionResult> {
  return new PlanRun(plan, resources, signal, controller).execute();
}

interface PreparedRun {
  /** What lies in the container's directories when the program starts. */
  readonly files: readonly SandboxFile[];
  /** Those of them that the caller knows of; every other one in the work directory is an artifact. */
  readonly given: readonly SandboxFile[];
  readonly runArgv: readonly string[];
}

class PlanRun {
  readonly #plan: ExecutionPlan;
  readonly #resources: Resources;
  readonly #signal: AbortSignal;
  readonly #controller: ExecutionController;
  readonly #startedAtMs = performance.now();
  readonly #warnings: LocalizedText[] = [];
  #image: ExecutionImage | null = null;
  #toolchainVersion: string | null = null;
  #namesLocalhost = false;
  #greeting: Greeting | null = null;
  #compile: PhaseResult | null = null;
  #run: PhaseResult | null = null;
  #isScratchFull = false;
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
      if (!this.#signal.aborted) await this.#executeWithImage();
    } catch (error) {
      // Whatever fails because the caller has gone is no failure.
      if (!this.#signal.aborted) throw error;
    }
    return this.#result();
  }

  /** An image that was removed since it was last looked at is looked for once more. */
  async #executeWithImage(): Promise<void> {
    try {
      await this.#execute();
    } catch (error) {
      if (!isMissingImage(error) || this.#image === null || this.#compile !== null) throw error;
      this.#resources.connected.catalog.forget(this.#image.reference);
      await this.#execute();
    }
  }

  async #execute(): Promise<void> {
    const { image, execution, toolchainVersion, namesLocalhost } = await obtainImage({
      plan: this.#plan,
      ...this.#resources,
      signal: this.#signal,
      controller: this.#controller,
    });
    this.#image = execution;
    this.#toolchainVersion = toolchainVersion;
    this.#namesLocalhost = namesLocalhost;
    const prepared = await this.#prepare(image);
    if (prepared === null || this.#signal.aborted) return;
    await this.#runProgram(image, prepared);
  }

  /** Null where there is nothing to run. */
  async #prepare(image: EngineImage): Promise<PreparedRun | null> {
    const plan = this.#plan;
    const sources = plan.files.map(inWork);
    if (plan.compile === null) return { files: sources, given: sources, runArgv: plan.runArgv };
    if (plan.compile.kind === 'host-transform') {
      const { compile, transformed } = await transformProgram(plan, this.#resources.host, this.#controller);
      this.#compile = compile;
      if (transformed === null) return null;
      const files = [...plan.files, ...transformed.files].map(inWork);
      return { files, given: files, runArgv: transformed.runArgv };
    }
    const files = await this.#compileProgram(image, plan.compile.argv, sources);
    return files === null ? null : { files, given: sources, runArgv: plan.runArgv };
  }

  /** Null where the compiler refuses or is stopped. */
  async #compileProgram(
    image: EngineImage,
    argv: readonly string[],
    sources: readonly SandboxFile[],
  ): Promise<readonly SandboxFile[] | null> {
    const { result, files, isScratchFull } = await compileProgram({
      plan: this.#plan,
      argv,
      image,
      sources,
      ...this.#resources,
      controller: this.#controller,
      runPhase: (job) => this.#runPhase('compile', image, job, sources),
    });
    this.#compile = result;
    this.#isScratchFull = isScratchFull;
    return files;
  }

  async #runProgram(image: EngineImage, { files, given, runArgv }: PreparedRun): Promise<void> {
    const plan = this.#plan;
    const job: Job = {
      files,
      argv: runArgv,
      environment: plan.environment,
      hasStdin: plan.stdin.kind !== 'none',
      timeoutMs: plan.limits.runTimeoutMs,
      collected: plan.collectArtifacts ? ['work'] : [],
      fileLimitBytes: plan.limits.artifactBytes,
    };
    const outcome = await this.#runPhase('run', image, job, given);
    this.#run = outcome.result;
    this.#isScratchFull = outcome.isScratchFull;
    this.#artifacts = outcome.files.map(({ path, content, executable }) => ({ path, content, executable }));
    this.#omitted = outcome.omitted;
    this.#removed = outcome.removed;
    this.#warnings.push(...outcome.warnings);
    for (const artifact of this.#artifacts) this.#controller.emit({ type: 'artifact', artifact });
  }

  #runPhase(
    phase: Phase,
    image: EngineImage,
    job: Job,
    given: readonly SandboxFile[],
  ): Promise<PhaseOutcome> {
    return runInContainer({
      ...this.#resources,
      phase,
      plan: this.#plan,
      image,
      namesLocalhost: this.#namesLocalhost,
      job,
      given,
      signal: this.#signal,
      controller: this.#controller,
      onGreeting: (greeting, warnings) => {
        this.#greeting = greeting;
        this.#warnings.push(...warnings);
      },
    });
  }

  #result(): ExecutionResult {
    const plan = this.#plan;
    const { connected } = this.#resources;
    const phases = {
      install: null,
      compile: this.#withScratch(this.#compile),
      run: this.#withScratch(this.#run),
    };
    const stopped = phases.run?.stoppedBy ?? phases.compile?.stoppedBy;
    const last = this.#run ?? this.#compile;
    const brokenLimit = stopped !== 'limit' ? null : this.#isScratchBroken(last) ? 'scratch' : 'processes';
    return {
      id: plan.id,
      language: plan.language,
      ...conclude(phases, {
        brokenLimit,
        network: plan.network,
        cancelled: this.#signal.aborted && this.#run === null,
      }),
      ...phases,
      artifacts: this.#artifacts,
      omittedArtifacts: this.#omitted,
      removedFiles: removedFiles(plan, this.#removed),
      executor: { name: 'docker', isolation: connected.isolation, passedOver: [] },
      toolchainVersion: this.#toolchainVersion,
      image: this.#image,
      network: this.#run === null && this.#compile === null ? null : plan.network,
      enforcement: reportEnforcement(plan.limits, this.#greeting),
      warnings: this.#warnings,
      durationMs: performance.now() - this.#startedAtMs,
    };
  }

  #isScratchBroken(phase: PhaseResult | null): boolean {
    return this.#isScratchFull && phase !== null && phase.stoppedBy === null && phase.exitCode !== 0;
  }

  #withScratch(phase: PhaseResult | null): PhaseResult | null {
    const isLast = phase === (this.#run ?? this.#compile);
    return phase !== null && isLast && this.#isScratchBroken(phase)
      ? { ...phase, stoppedBy: 'limit' }
      : phase;
  }
}

function inWork(file: PlanFile): SandboxFile {
  return { ...file, directory: 'work' };
}
