import type { EnforcementReport, ExecutionLimits, LimitEnforcement } from '@cloche/core/executor';

/** What the agent read in its sandbox, where the program then ran. */
export interface ReadInside {
  /** Of the program; root may raise its own limits. */
  readonly userId: number | null;
  /** Null: none, or not known. */
  readonly openFileCount: number | null;
}

const NOT_HELD: LimitEnforcement = { support: 'unsupported', value: null, mechanism: null };

/** @param inside null where nothing was started */
export function reportEnforcement(
  limits: ExecutionLimits,
  inside: ReadInside | null,
  holdsOpenFiles: boolean,
): EnforcementReport {
  const watched = (value: number): LimitEnforcement =>
    inside === null ? NOT_HELD : { support: 'best-effort', value, mechanism: 'sampled in the sandbox' };
  return {
    wall: {
      support: 'enforced',
      value: limits.runTimeoutMs,
      mechanism: 'timer in the sandbox, and its deletion',
    },
    output: { support: 'enforced', value: limits.outputBytes, mechanism: 'capture' },
    memory: watched(limits.memoryBytes),
    processes: watched(limits.processCount),
    cpu: NOT_HELD,
    scratch: NOT_HELD,
    openFiles:
      inside === null || inside.openFileCount === null
        ? NOT_HELD
        : {
            support:
              holdsOpenFiles && inside.userId !== null && inside.userId !== 0 ? 'enforced' : 'best-effort',
            value: inside.openFileCount,
            mechanism: 'RLIMIT_NOFILE',
          },
  };
}
