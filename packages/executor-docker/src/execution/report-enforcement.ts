import type { EnforcementReport, ExecutionLimits, LimitEnforcement } from '@cloche/core/executor';
import { ENFORCED_LIMITS } from '@cloche/core/executor';
import type { Greeting } from '../container/greeting.ts';

const NOT_HELD: LimitEnforcement = { support: 'unsupported', value: null, mechanism: null };

/** What was in force: what the container read where it takes effect, and the two limits that are held from here. */
export function reportEnforcement(limits: ExecutionLimits, greeting: Greeting | null): EnforcementReport {
  return {
    ...(greeting?.limits ?? nothing()),
    wall: {
      support: 'enforced',
      value: limits.runTimeoutMs,
      mechanism: 'timer of process 1 and of the host',
    },
    output: { support: 'enforced', value: limits.outputBytes, mechanism: 'capture' },
  };
}

function nothing(): EnforcementReport {
  return Object.fromEntries(ENFORCED_LIMITS.map((limit) => [limit, NOT_HELD])) as EnforcementReport;
}
