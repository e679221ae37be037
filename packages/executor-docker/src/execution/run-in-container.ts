import type {
  ExecutionController,
  ExecutionLimits,
  ExecutionPlan,
  ExecutorHost,
  LocalizedText,
} from '@cloche/core/executor';
import type { FileLimits, SandboxFile } from '@cloche/sandbox-agent';
import type { ConnectedEngine } from '../connected-engine.ts';
import type { Greeting } from '../container/greeting.ts';
import type { Job } from '../container/job-script.ts';
import type { EngineImage } from '../engine/engine.ts';
import type { DockerOptions } from '../options.ts';
import { obtainContainer } from './obtain-container.ts';
import type { Phase } from './recipe-of.ts';
import { recipeOf } from './recipe-of.ts';
import type { PhaseOutcome } from './run-phase.ts';
import { runPhase } from './run-phase.ts';

const COMPILED_FILE_COUNT = 10_000;
const OPEN_NETWORK: LocalizedText = {
  en: "The network full is not filtered here, since the image has no `ip` or the engine does not let it be used: the program reaches what the engine's machine reaches, its gateway, the local network, and in a cloud the metadata address. The image of `cloche images build` has it.",
  zh: '此处无法过滤 full 网络（镜像中没有 `ip`，或引擎不允许）：程序可访问引擎所在机器能访问的一切，包括网关、局域网，以及云环境中的元数据地址。`cloche images build` 构建的镜像带有 `ip`。',
};

export interface PhaseNeed {
  readonly phase: Phase;
  readonly plan: ExecutionPlan;
  readonly options: DockerOptions;
  readonly connected: ConnectedEngine;
  readonly host: ExecutorHost;
  readonly image: EngineImage;
  readonly namesLocalhost: boolean;
  readonly job: Job;
  /** What was there before any phase, and does not come back unchanged. */
  readonly given: readonly SandboxFile[];
  readonly signal: AbortSignal;
  readonly controller: ExecutionController;
  /** Before the job is sent: what the container found in force, and what is to be told of it. */
  readonly onGreeting: (greeting: Greeting, warnings: readonly LocalizedText[]) => void;
}

/** One phase, from a container of its own to that one's disposal. */
export async function runInContainer(need: PhaseNeed): Promise<PhaseOutcome> {
  const { phase, plan, connected, job } = need;
  const recipe = recipeOf(phase, { ...need, seccomp: connected.seccomp });
  const ended = connected.pool.began(recipe);
  try {
    const { container, greeting } = await obtainContainer({ ...need, recipe, timeoutMs: job.timeoutMs });
    const isOpen = recipe.spec.network === 'full' && !container.isNetworkFiltered;
    need.onGreeting(greeting, isOpen ? [OPEN_NETWORK] : []);
    try {
      return await runPhase({ ...need, fileLimits: fileLimitsOf(phase, plan.limits), container });
    } finally {
      connected.disposal.add(container);
    }
  } finally {
    ended();
  }
}

function fileLimitsOf(phase: Phase, limits: ExecutionLimits): FileLimits {
  const { scratchBytes } = limits;
  return phase === 'compile'
    ? { bytes: scratchBytes, count: COMPILED_FILE_COUNT, scratchBytes }
    : { bytes: limits.artifactBytes, count: limits.artifactCount, scratchBytes };
}
