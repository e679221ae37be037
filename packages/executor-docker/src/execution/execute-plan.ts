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
import type { CompileCache } from '../cache/compile-cache.ts';
import { compilationFrom, isProduct, storedOutput } from '../cache/stored-compilation.ts';
import type { ConnectedEngine } from '../connected-engine.ts';
import { specOf } from '../container/container-spec.ts';
import type { Greeting } from '../container/greeting.ts';
import type { Job, JobFile } from '../container/job-script.ts';
import { canStartAhead, startAhead } from '../container/start-ahead.ts';
import type { EngineImage } from '../engine/engine.ts';
import { isMissingImage } from '../engine/missing-image.ts';
import { withJavacArchive } from '../images/javac-archive.ts';
import type { DockerOptions } from '../options.ts';
import type { Recipe } from '../pool/container-pool.ts';
import { obtainContainer } from './obtain-container.ts';
import { obtainImage } from './obtain-image.ts';
import { reportEnforcement } from './report-enforcement.ts';
import type { PhaseOutcome } from './run-phase.ts';
import { runPhase } from './run-phase.ts';

export interface Resources {
  readonly host: ExecutorHost;
  readonly options: DockerOptions;
  readonly connected: ConnectedEngine;
  readonly compileCache: CompileCache;
}

const COMPILED_FILE_COUNT = 10_000;
const OPEN_NETWORK: LocalizedText = {
  en: "The network full is not filtered here, since the image has no `ip` or the engine does not let it be used: the program reaches what the engine's machine reaches, its gateway, the local network, and in a cloud the metadata address. The image of `cloche images build` has it.",
  zh: '此处无法过滤 full 网络（镜像中没有 `ip`，或引擎不允许）：程序可访问引擎所在机器能访问的一切，包括网关、局域网，以及云环境中的元数据地址。`cloche images build` 构建的镜像带有 `ip`。',
};

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
  readonly files: readonly JobFile[];
  /** Those of them that the caller knows of; every other one in the work directory is an artifact. */
  readonly given: readonly JobFile[];
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
    const argv = withJavacArchive(plan.compile.argv, image);
    const made = await this.#compileProgram(image, argv, sources);
    if (made === null) return null;
    const isReplaced = (file: JobFile): boolean =>
      made.some(({ directory, path }) => directory === file.directory && path === file.path);
    const files = [...sources.filter((file) => !isReplaced(file)), ...made];
    return { files, given: sources, runArgv: plan.runArgv };
  }

  /** What the compiler makes, or has made of the same before; null where it refuses or is stopped. */
  async #compileProgram(
    image: EngineImage,
    argv: readonly string[],
    sources: readonly JobFile[],
  ): Promise<readonly JobFile[] | null> {
    const plan = this.#plan;
    const { compileCache, options, connected } = this.#resources;
    const toolchain = [image.id, connected.isolationDetail, options.user, String(plan.limits.memoryBytes)];
    const key = compileCache.keyOf(plan, argv, toolchain);
    const stored = await compileCache.find(key);
    if (stored !== null) {
      this.#compile = compilationFrom(stored, plan.limits.outputBytes, this.#controller);
      return stored.filter(isProduct);
    }
    const job: Job = {
      files: sources,
      argv,
      environment: plan.environment,
      hasStdin: false,
      timeoutMs: plan.limits.compileTimeoutMs,
      collected: ['build', 'work'],
      fileLimitBytes: plan.limits.scratchBytes,
    };
    const { result, files, isScratchFull } = await this.#runPhase(
      'compile',
      this.#recipe(image, job, null),
      job,
      sources,
    );
    this.#isScratchFull = isScratchFull;
    this.#compile = result;
    if (result.exitCode !== 0 || result.stoppedBy !== null) return null;
    // Warnings are shown again when the program is compiled from the cache.
    await compileCache.store(key, [...files, ...storedOutput(result)]);
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
    const outcome = await this.#runPhase('run', this.#recipe(image, job, plan.limits.cpuCount), job, given);
    this.#run = outcome.result;
    this.#isScratchFull = outcome.isScratchFull;
    this.#artifacts = outcome.files.map(({ path, content, executable }) => ({ path, content, executable }));
    this.#omitted = outcome.omitted;
    for (const artifact of this.#artifacts) this.#controller.emit({ type: 'artifact', artifact });
  }

  #recipe(image: EngineImage, job: Job, cpuCount: number | null): Recipe {
    const { options, connected } = this.#resources;
    const { user, runtime } = options;
    // Compilers need no network, and what they fetched would be in the cache for ever.
    const network = cpuCount === null ? 'none' : this.#plan.network;
    const spec = specOf(this.#plan.limits, {
      imageId: image.id,
      coveredVolumes: image.volumes,
      user,
      runtime,
      network,
      isNetworkBare: network === 'none' && this.#namesLocalhost,
      cpuCount,
      seccomp: connected.seccomp,
    });
    const isPossible = cpuCount !== null && canStartAhead(image.environment);
    return { spec, ahead: isPossible ? startAhead(job, this.#plan.language) : null };
  }

  async #runPhase(
    phase: 'compile' | 'run',
    recipe: Recipe,
    job: Job,
    given: readonly JobFile[],
  ): Promise<PhaseOutcome> {
    const { connected, host } = this.#resources;
    const { limits } = this.#plan;
    const ended = connected.pool.began(recipe);
    try {
      const { container, greeting } = await obtainContainer({
        recipe,
        plan: this.#plan,
        timeoutMs: job.timeoutMs,
        connected,
        host,
        signal: this.#signal,
      });
      this.#greeting = greeting;
      if (recipe.spec.network === 'full' && !container.isNetworkFiltered) this.#warnings.push(OPEN_NETWORK);
      try {
        return await runPhase({
          phase,
          plan: this.#plan,
          job,
          given,
          fileLimits:
            phase === 'compile'
              ? { bytes: limits.scratchBytes, count: COMPILED_FILE_COUNT, scratchBytes: limits.scratchBytes }
              : {
                  bytes: limits.artifactBytes,
                  count: limits.artifactCount,
                  scratchBytes: limits.scratchBytes,
                },
          container,
          signal: this.#signal,
          controller: this.#controller,
        });
      } finally {
        connected.disposal.add(container);
      }
    } finally {
      ended();
    }
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

function inWork(file: PlanFile): JobFile {
  return { ...file, directory: 'work' };
}
