import type {
  ExecutionController,
  ExecutionPlan,
  ExecutionResult,
  ExecutorCapabilities,
  ExecutorHost,
  Phase,
  PhaseResult,
  PlanFile,
  PlanStdin,
} from '@cloche/core/executor';
import { conclude, EMPTY_OUTPUT, transformSources } from '@cloche/core/executor';
import { collectArtifacts } from './collect-artifacts.ts';
import type { CollectedArtifacts } from './collect-artifacts.ts';
import { reportEnforcement } from './describe-capabilities.ts';
import { markerOf } from './process-tree.ts';
import { runPhase } from './run-phase.ts';
import type { Toolchain } from './toolchain.ts';
import { createWorkspace, writeFiles } from './workspace.ts';
import type { Workspace } from './workspace.ts';

export interface PlanSurroundings {
  readonly executorName: string;
  readonly host: ExecutorHost;
  readonly toolchain: Toolchain;
  readonly capabilities: ExecutorCapabilities;
  readonly controller: ExecutionController;
  readonly signal: AbortSignal;
}

interface Phases {
  readonly compile: PhaseResult | null;
  readonly run: PhaseResult | null;
  /** What lies in the work directory without being the program's doing. */
  readonly inputs: readonly PlanFile[];
}

/** One execution from its directories to its result. */
export async function executePlan(
  plan: ExecutionPlan,
  surroundings: PlanSurroundings,
): Promise<ExecutionResult> {
  const startedAt = performance.now();
  const { signal, toolchain, capabilities, controller } = surroundings;
  let phases: Phases = { compile: null, run: null, inputs: plan.files };
  let collected: CollectedArtifacts = { artifacts: [], omitted: [], removed: [] };
  if (!signal.aborted) {
    const workspace = await createWorkspace(plan.files);
    try {
      phases = await runPhases(plan, workspace, surroundings);
      if (plan.collectArtifacts && phases.run !== null) {
        collected = await collectArtifacts(workspace.work, phases.inputs, plan.limits);
      }
    } finally {
      await workspace.remove();
    }
  }
  for (const artifact of collected.artifacts) controller.emit({ type: 'artifact', artifact });
  const { compile, run } = phases;
  return {
    id: plan.id,
    language: plan.language,
    ...conclude({ install: null, compile, run }, { brokenLimit: null, network: plan.network }),
    install: null,
    compile,
    run,
    artifacts: collected.artifacts,
    omittedArtifacts: collected.omitted,
    removedFiles: plan.files.map(({ path }) => path).filter((path) => collected.removed.includes(path)),
    executor: { name: surroundings.executorName, isolation: capabilities.isolation, passedOver: [] },
    toolchainVersion: toolchain.capability.available ? toolchain.capability.version : null,
    image: null,
    network: 'full',
    enforcement: reportEnforcement(plan),
    warnings: capabilities.warnings,
    durationMs: performance.now() - startedAt,
  };
}

async function runPhases(
  plan: ExecutionPlan,
  workspace: Workspace,
  surroundings: PlanSurroundings,
): Promise<Phases> {
  const { host, signal, controller } = surroundings;
  let { runArgv } = plan;
  let inputs = plan.files;
  let compile: PhaseResult | null = null;
  if (plan.compile !== null) {
    controller.emit({ type: 'stage', stage: 'compile', state: 'started' });
    if (plan.compile.kind === 'command') {
      compile = await runCommand(
        'compile',
        plan.compile.argv,
        { kind: 'none' },
        plan,
        workspace,
        surroundings,
      );
    } else {
      const startedAt = performance.now();
      const transformed = await transformSources(plan, host);
      compile = transformPhase(transformed.ok ? null : transformed.message, performance.now() - startedAt);
      if (transformed.ok) {
        runArgv = transformed.runArgv;
        inputs = [...plan.files, ...transformed.files];
        await writeFiles(workspace.work, transformed.files);
      } else {
        controller.emit({ type: 'stderr', phase: 'compile', data: Buffer.from(transformed.message) });
      }
    }
    controller.emit({ type: 'stage', stage: 'compile', state: 'finished' });
    if (compile.exitCode !== 0) return { compile, run: null, inputs };
  }
  if (signal.aborted) return { compile, run: null, inputs };
  controller.emit({ type: 'stage', stage: 'run', state: 'started' });
  const run = await runCommand('run', runArgv, plan.stdin, plan, workspace, surroundings);
  controller.emit({ type: 'stage', stage: 'run', state: 'finished' });
  return { compile, run, inputs };
}

async function runCommand(
  phase: Extract<Phase, 'compile' | 'run'>,
  argv: readonly string[],
  stdin: PlanStdin,
  plan: ExecutionPlan,
  workspace: Workspace,
  { toolchain, controller, signal }: PlanSurroundings,
): Promise<PhaseResult> {
  const environment = {
    PATH: toolchain.path,
    HOME: workspace.home,
    TMPDIR: workspace.temporary,
    LANG: 'C.UTF-8',
    ...toolchain.environment,
    ...plan.environment,
    ...markerOf(plan.id),
  };
  const timeoutMs = phase === 'compile' ? plan.limits.compileTimeoutMs : plan.limits.runTimeoutMs;
  const command = {
    executionId: plan.id,
    phase,
    argv,
    environment,
    stdin,
    timeoutMs,
    outputBytes: plan.limits.outputBytes,
  };
  return await runPhase(command, workspace, controller, signal);
}

function transformPhase(message: string | null, durationMs: number): PhaseResult {
  const bytes = Buffer.from(message ?? '');
  return {
    exitCode: message === null ? 0 : 1,
    signal: null,
    stdout: EMPTY_OUTPUT,
    stderr: { head: bytes, tail: new Uint8Array(0), byteCount: bytes.length, truncated: false },
    durationMs,
    stoppedBy: null,
  };
}
