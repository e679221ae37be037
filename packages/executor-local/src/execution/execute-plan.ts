import type {
  EnforcementReport,
  ExecutionController,
  ExecutionPlan,
  ExecutionResult,
  ExecutorHost,
  LocalizedText,
  PhaseResult,
  PlanFile,
} from '@cloche/core/executor';
import { conclude, formatOwner, transformProgram } from '@cloche/core/executor';
import { collectArtifacts } from '../artifacts/collect-artifacts.ts';
import type { ControlGroup, ControlGroupParent } from '../control-group/control-group.ts';
import type { PipeMaker } from '../place/pipe-maker.ts';
import type { Place, SandboxLimits } from '../place/place.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { GoCache } from '../toolchain/go-cache.ts';
import type { Toolchain } from './locate-toolchain.ts';
import { directoriesOf, resolveCommand } from './locate-toolchain.ts';
import { OWN_PROCESSES, reportEnforcement } from './report-enforcement.ts';
import { createRunDirectory, removeTree } from './run-directory.ts';
import { runPhase } from './run-phase.ts';

const GROUP_REMOVAL_TRIES = 1000;
const GROUP_REMOVAL_PAUSE_MS = 1;

export interface Resources {
  readonly host: ExecutorHost;
  readonly sandbox: Sandbox;
  readonly controlGroups: ControlGroupParent | null;
  readonly pipes: PipeMaker;
  readonly goCache: GoCache;
  readonly toolchain: Toolchain;
}

/** One plan from its files to its result. Whatever happens, nothing of it is left afterwards. */
export async function executePlan(
  plan: ExecutionPlan,
  resources: Resources,
  signal: AbortSignal,
  controller: ExecutionController,
): Promise<ExecutionResult> {
  const run = new PlanRun(plan, resources, signal, controller);
  return run.execute();
}

class PlanRun {
  readonly #plan: ExecutionPlan;
  readonly #resources: Resources;
  readonly #signal: AbortSignal;
  readonly #controller: ExecutionController;
  readonly #startedAtMs = performance.now();
  readonly #warnings: LocalizedText[];
  #compile: PhaseResult | null = null;
  #run: PhaseResult | null = null;
  #enforcement: EnforcementReport;
  #isScratchFull = false;
  #collected: Awaited<ReturnType<typeof collectArtifacts>> = {
    artifacts: [],
    omitted: [],
    removed: [],
  };

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
    this.#warnings = [...resources.sandbox.warnings];
    this.#enforcement = this.#report(null, null);
  }

  async execute(): Promise<ExecutionResult> {
    const goCacheDirectory = await this.#prepareGoCache();
    if (this.#signal.aborted) return this.#result();
    const sources = await this.#transform();
    if (sources === null || this.#signal.aborted) return this.#result();

    const runDirectory = await createRunDirectory(this.#resources.host, this.#plan.id);
    let controlGroup: ControlGroup | null = null;
    let place: Place | null = null;
    try {
      controlGroup = this.#createControlGroup();
      place = await this.#startPlace(runDirectory, controlGroup, sources, goCacheDirectory);
      await this.#runPhases(place, controlGroup, sources.files);
    } finally {
      await place?.close();
      await Promise.all([this.#removeControlGroup(controlGroup), removeTree(runDirectory)]);
    }
    return this.#result();
  }

  async #prepareGoCache(): Promise<string | null> {
    const go = this.#resources.toolchain.programs.find((program) => program.name === 'go');
    if (go === undefined) return null;
    const { directory, isFilled } = await this.#resources.goCache.directoryFor(go);
    if (isFilled) return directory;
    const detail = "compiling Go's standard library, once for all later runs";
    this.#controller.emit({ type: 'stage', stage: 'install', state: 'started', detail });
    await this.#orAborted(this.#resources.goCache.fill(go, directory));
    this.#controller.emit({ type: 'stage', stage: 'install', state: 'finished' });
    return directory;
  }

  /** The files to lay out and the command to run; null where the sources are not valid TypeScript. */
  async #transform(): Promise<{
    readonly files: readonly PlanFile[];
    readonly runArgv: readonly string[];
  } | null> {
    const plan = this.#plan;
    if (plan.compile?.kind !== 'host-transform') return { files: plan.files, runArgv: plan.runArgv };
    const { compile, transformed } = await transformProgram(plan, this.#resources.host, this.#controller);
    this.#compile = compile;
    return transformed === null
      ? null
      : { files: [...plan.files, ...transformed.files], runArgv: transformed.runArgv };
  }

  #createControlGroup(): ControlGroup | null {
    const { controlGroups, host } = this.#resources;
    const { limits, id } = this.#plan;
    if (controlGroups === null) return null;
    return controlGroups.create(controlGroupName(formatOwner(host.owner), id), {
      memoryBytes: limits.memoryBytes + this.#scratchInMemoryBytes(),
      processCount: limits.processCount + OWN_PROCESSES,
      cpuCount: null,
    });
  }

  #startPlace(
    runDirectory: string,
    controlGroup: ControlGroup | null,
    sources: { readonly files: readonly PlanFile[]; readonly runArgv: readonly string[] },
    goCacheDirectory: string | null,
  ): Promise<Place> {
    const plan = this.#plan;
    const { sandbox, pipes, toolchain } = this.#resources;
    const directories = directoriesOf(toolchain);
    return sandbox.startPlace(pipes, {
      executionId: plan.id,
      runDirectory,
      files: sources.files,
      compileArgv: plan.compile?.kind === 'command' ? resolveCommand(plan.compile.argv, toolchain) : null,
      runArgv: resolveCommand(sources.runArgv, toolchain),
      environment: plan.environment,
      programDirectories: directories.forPath,
      readableDirectories: directories.toRead,
      goCacheDirectory,
      hasStdin: plan.stdin.kind !== 'none',
      network: plan.network,
      scratchBytes: plan.limits.scratchBytes,
      openFileCount: plan.limits.openFileCount,
      processCount: plan.limits.processCount,
      controlGroup,
    });
  }

  async #runPhases(
    place: Place,
    controlGroup: ControlGroup | null,
    files: readonly PlanFile[],
  ): Promise<void> {
    const plan = this.#plan;
    const context = { plan, place, controlGroup, signal: this.#signal, controller: this.#controller };
    if (plan.compile?.kind === 'command') {
      this.#compile = await runPhase('compile', context);
      if (this.#compile.exitCode !== 0 || this.#compile.stoppedBy !== null) {
        this.#enforcement = this.#report(await place.enforcement(), controlGroup);
        return;
      }
    }
    const running = runPhase('run', context);
    // Read while it runs, where it takes effect; the program need not wait for it.
    const reading = place.enforcement();
    [this.#run, this.#enforcement] = await Promise.all([
      running,
      reading.then((held) => this.#report(held, controlGroup)),
    ]);
    const finished = await place.finish();
    if (finished === null) return;
    this.#isScratchFull = finished.isScratchFull;
    if (!plan.collectArtifacts) return;
    this.#collected = await collectArtifacts(finished.workDirectory, files, plan.limits);
    for (const artifact of this.#collected.artifacts) this.#controller.emit({ type: 'artifact', artifact });
  }

  #report(held: SandboxLimits | null, controlGroup: ControlGroup | null): EnforcementReport {
    return reportEnforcement({
      limits: this.#plan.limits,
      held,
      controlGroup,
      scratchInMemoryBytes: this.#scratchInMemoryBytes(),
      isMemorySampled: this.#resources.host.platform === 'linux',
    });
  }

  /** A sandbox keeps its scratch space in memory, which the kernel counts together with the program's. */
  #scratchInMemoryBytes(): number {
    return this.#resources.sandbox.holdsScratch ? this.#plan.limits.scratchBytes : 0;
  }

  async #removeControlGroup(controlGroup: ControlGroup | null): Promise<void> {
    if (controlGroup === null) return;
    // What was killed stays a member until its parent or init has collected it.
    for (let tries = 0; tries < GROUP_REMOVAL_TRIES; tries += 1) {
      if (controlGroup.remove()) return;
      await new Promise((resolve) => setTimeout(resolve, GROUP_REMOVAL_PAUSE_MS));
    }
    this.#warnings.push({
      en: 'The control group of this run could not be removed yet; `cloche clean` removes it later.',
      zh: '本次运行的控制组暂时无法删除；稍后可用 `cloche clean` 清理。',
    });
  }

  #result(): ExecutionResult {
    const plan = this.#plan;
    const phases = { install: null, compile: this.#compile, run: this.#withScratch(this.#run) };
    const stopped = phases.run?.stoppedBy ?? phases.compile?.stoppedBy;
    const brokenLimit = stopped !== 'limit' ? null : this.#isScratchBroken() ? 'scratch' : 'processes';
    return {
      id: plan.id,
      language: plan.language,
      ...conclude(phases, { brokenLimit, network: plan.network }),
      ...phases,
      artifacts: this.#collected.artifacts,
      omittedArtifacts: this.#collected.omitted,
      removedFiles: plan.files
        .map(({ path }) => path)
        .filter((path) => this.#collected.removed.includes(path)),
      executor: { name: 'local', isolation: this.#resources.sandbox.isolation, passedOver: [] },
      toolchainVersion: this.#resources.toolchain.version,
      image: null,
      network:
        this.#run === null && this.#compile === null
          ? null
          : this.#resources.sandbox.canDenyNetwork
            ? plan.network
            : 'full',
      enforcement: this.#enforcement,
      warnings: this.#warnings,
      durationMs: performance.now() - this.#startedAtMs,
    };
  }

  #isScratchBroken(): boolean {
    return (
      this.#isScratchFull && this.#run !== null && this.#run.stoppedBy === null && this.#run.exitCode !== 0
    );
  }

  #withScratch(run: PhaseResult | null): PhaseResult | null {
    return run !== null && this.#isScratchBroken() ? { ...run, stoppedBy: 'limit' } : run;
  }

  /** Waits, but not longer than the caller wants the run. */
  async #orAborted(work: Promise<unknown>): Promise<void> {
    const signal = this.#signal;
    if (signal.aborted) return;
    let stopWaiting: () => void = () => undefined;
    const aborted = new Promise<void>((resolve) => {
      stopWaiting = resolve;
      signal.addEventListener('abort', stopWaiting, { once: true });
    });
    await Promise.race([work, aborted]).finally(() => {
      signal.removeEventListener('abort', stopWaiting);
    });
    work.catch(() => undefined);
  }
}

/** Tells the owner and the execution, so that a dead owner's groups can be found. */
function controlGroupName(owner: string, executionId: string): string {
  return `cloche-${owner}-${executionId}`;
}
