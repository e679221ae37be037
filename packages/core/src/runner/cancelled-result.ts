import type {
  EnforcementReport,
  ExecutionPlan,
  ExecutionResult,
  LimitEnforcement,
} from '../executor/index.ts';

const NOTHING_ENFORCED: LimitEnforcement = { support: 'unsupported', value: null, mechanism: null };

const NO_ENFORCEMENT: EnforcementReport = {
  wall: NOTHING_ENFORCED,
  memory: NOTHING_ENFORCED,
  cpu: NOTHING_ENFORCED,
  processes: NOTHING_ENFORCED,
  scratch: NOTHING_ENFORCED,
  openFiles: NOTHING_ENFORCED,
  output: NOTHING_ENFORCED,
};

/**
 * The result of a run that was aborted before any executor had it: no phase, nothing in force, the
 * executor that was asked for (`auto` where none was chosen yet) and the isolation `none`.
 */
export function cancelledResult(plan: ExecutionPlan, executorName: string): ExecutionResult {
  return {
    id: plan.id,
    language: plan.language,
    status: 'cancelled',
    install: null,
    compile: null,
    run: null,
    stoppedIn: null,
    limit: null,
    hint: null,
    artifacts: [],
    omittedArtifacts: [],
    removedFiles: [],
    executor: { name: executorName, isolation: 'none', passedOver: [] },
    toolchainVersion: null,
    image: null,
    network: null,
    enforcement: NO_ENFORCEMENT,
    warnings: [],
    durationMs: 0,
  };
}
