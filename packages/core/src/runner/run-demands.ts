import type { ConfigSource, LanguageConfig } from '../config/config.ts';
import type { ExecutionPlan, ExecutionRequest, Isolation } from '../executor/index.ts';
import { createPlan, isIsolationAtLeast } from '../executor/index.ts';
import type { RunnerConfig } from './runner-config.ts';
import type { RunOptions } from './runner.ts';

/** A plan, and what an executor must offer for it beyond what the plan itself says. */
export interface RunDemands {
  readonly plan: ExecutionPlan;
  readonly minimumIsolation: Isolation;
  /** The place in a project's file that words of the plan's commands come from. Null: every word is the user's own. */
  readonly untrustedArguments: ConfigSource | null;
  /** The request itself asked for files, so an executor that gives none back will not do. */
  readonly areArtifactsRequired: boolean;
}

/** @throws ClocheError `ERR_REQUEST_INVALID` or `ERR_LANGUAGE_UNSUPPORTED` for what {@link createPlan} refuses */
export function runDemands(request: ExecutionRequest, config: RunnerConfig, options: RunOptions): RunDemands {
  const configured = config.languages[request.language];
  const compileArguments = [...(configured?.compileArguments ?? []), ...(request.compileArguments ?? [])];
  const plan = createPlan({ ...request, compileArguments }, config.limits);
  return {
    // Not through the request: what the configuration says is a default, and not required.
    plan: { ...plan, network: request.network ?? config.network, principal: options.principal ?? '' },
    minimumIsolation: stronger(config.isolation.minimum, options.minimumIsolation ?? 'none'),
    untrustedArguments: untrustedSource(configured),
    areArtifactsRequired: request.collectArtifacts === true,
  };
}

function stronger(left: Isolation, right: Isolation): Isolation {
  return isIsolationAtLeast(left, right) ? left : right;
}

function untrustedSource(configured: LanguageConfig | undefined): ConfigSource | null {
  const source = configured?.source ?? null;
  return configured?.compileArguments.length !== 0 && source?.kind === 'project' ? source : null;
}
