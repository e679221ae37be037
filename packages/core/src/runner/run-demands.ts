import type { ExecutionPlan, ExecutionRequest, Isolation } from '../executor/index.ts';
import { createPlan, isIsolationAtLeast } from '../executor/index.ts';
import type { RunnerConfig } from './runner-config.ts';
import type { RunOptions } from './runner.ts';

/** A plan, and what an executor must offer for it beyond what the plan itself says. */
export interface RunDemands {
  readonly plan: ExecutionPlan;
  readonly minimumIsolation: Isolation;
  /** The request itself gave the network policy, so it is no default that may give way. */
  readonly isNetworkRequired: boolean;
  readonly areArtifactsRequired: boolean;
}

/** @throws ClocheError `ERR_REQUEST_INVALID` or `ERR_LANGUAGE_UNSUPPORTED` for what {@link createPlan} refuses */
export function runDemands(request: ExecutionRequest, config: RunnerConfig, options: RunOptions): RunDemands {
  const languageArguments = config.languages[request.language]?.compileArguments ?? [];
  const plan = createPlan(
    {
      ...request,
      network: request.network ?? config.network,
      compileArguments: [...languageArguments, ...(request.compileArguments ?? [])],
    },
    config.limits,
  );
  return {
    plan,
    minimumIsolation: stronger(config.isolation.minimum, options.minimumIsolation ?? 'none'),
    isNetworkRequired: request.network !== undefined,
    areArtifactsRequired: request.collectArtifacts === true,
  };
}

function stronger(left: Isolation, right: Isolation): Isolation {
  return isIsolationAtLeast(left, right) ? left : right;
}
