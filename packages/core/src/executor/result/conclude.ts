import type { EnforcedLimit } from '../limits/limit-support.ts';
import type { LocalizedText } from '../localized-text.ts';
import type { NetworkPolicy } from '../plan/execution-request.ts';
import type { ExecutionResult, ExecutionStatus, Phase, PhaseResult } from './execution-result.ts';
import { PHASES } from './execution-result.ts';
import { hintFor } from './known-endings.ts';

export interface PhaseResults {
  readonly install: PhaseResult | null;
  readonly compile: PhaseResult | null;
  readonly run: PhaseResult | null;
}

export type Conclusion = Pick<ExecutionResult, 'status' | 'stoppedIn' | 'limit' | 'hint'>;

const FAILURE_OF_PHASE: Readonly<Record<Phase, ExecutionStatus>> = {
  install: 'install_error',
  compile: 'compile_error',
  run: 'runtime_error',
};

/**
 * The one place that says which status an ending has, the same for every executor.
 *
 * @param brokenLimit the limit that stopped a phase, where `stoppedBy` is `limit`
 */
export function conclude(
  phases: PhaseResults,
  context: {
    readonly brokenLimit: EnforcedLimit | null;
    readonly network: NetworkPolicy;
    readonly cancelled?: boolean;
  },
): Conclusion {
  for (const phase of PHASES) {
    const result = phases[phase];
    if (result === null) continue;
    if (result.stoppedBy !== null) {
      const limit =
        result.stoppedBy === 'out_of_memory'
          ? 'memory'
          : result.stoppedBy === 'limit'
            ? context.brokenLimit
            : null;
      return conclusion(
        result.stoppedBy,
        phase,
        limit,
        hintFor({ status: result.stoppedBy, limit, result, network: context.network }),
      );
    }
    if (result.exitCode !== 0) {
      const status = FAILURE_OF_PHASE[phase];
      return conclusion(
        status,
        null,
        null,
        hintFor({ status, limit: null, result, network: context.network }),
      );
    }
  }
  return context.cancelled === true || phases.run === null
    ? conclusion('cancelled', null, null, null)
    : conclusion('ok', null, null, null);
}

function conclusion(
  status: ExecutionStatus,
  stoppedIn: Phase | null,
  limit: EnforcedLimit | null,
  hint: LocalizedText | null,
): Conclusion {
  return { status, stoppedIn, limit, hint };
}
