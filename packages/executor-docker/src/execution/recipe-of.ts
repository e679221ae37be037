import type { ExecutionPlan } from '@cloche/core/executor';
import { specOf } from '../container/container-spec.ts';
import type { Job } from '../container/job-script.ts';
import { canStartAhead, startAhead } from '../container/start-ahead.ts';
import type { EngineImage } from '../engine/engine.ts';
import type { DockerOptions } from '../options.ts';
import type { Recipe } from '../pool/container-pool.ts';

export type Phase = 'compile' | 'run';

export interface RecipeNeed {
  readonly image: EngineImage;
  readonly job: Job;
  readonly plan: ExecutionPlan;
  readonly options: DockerOptions;
  readonly seccomp: string | null;
  /** Of the image: whether its containers can do without a network that the engine sets up. */
  readonly namesLocalhost: boolean;
}

/** The container that a phase needs, and what could have been started in it ahead. */
export function recipeOf(phase: Phase, need: RecipeNeed): Recipe {
  const { image, job, plan, options } = need;
  const isCompile = phase === 'compile';
  // Compilers need no network, and what they fetched would be in the cache for ever.
  const network = isCompile ? 'none' : plan.network;
  const spec = specOf(plan.limits, {
    imageId: image.id,
    coveredVolumes: image.volumes,
    user: options.user,
    runtime: options.runtime,
    network,
    isNetworkBare: network === 'none' && need.namesLocalhost,
    cpuCount: isCompile ? null : plan.limits.cpuCount,
    seccomp: need.seccomp,
  });
  const canWait = !isCompile && canStartAhead(image.environment);
  return { spec, ahead: canWait ? startAhead(job, plan.language) : null };
}
