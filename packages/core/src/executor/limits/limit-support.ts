/** Limits that an executor holds (the others are held by core, or by the code that all executors share). */
export const ENFORCED_LIMITS = [
  'wall',
  'memory',
  'cpu',
  'processes',
  'scratch',
  'openFiles',
  'output',
] as const;

export type EnforcedLimit = (typeof ENFORCED_LIMITS)[number];

/**
 * - `enforced`: the program cannot pass it.
 * - `best-effort`: it is watched and acted upon; a quick or hostile program can pass it for a while.
 * - `unsupported`: nothing is done about it.
 */
export type LimitSupport = 'enforced' | 'best-effort' | 'unsupported';

/** What was really in force during one execution, read where it takes effect. */
export interface LimitEnforcement {
  readonly support: LimitSupport;
  /** The value in force, in the unit of the limit (milliseconds, bytes, a count). Null: none, or not known. */
  readonly value: number | null;
  /** What holds it: `cgroup v2`, `RLIMIT_NPROC`, `tmpfs size`, `timer`. Null where nothing does. */
  readonly mechanism: string | null;
}

export type EnforcementReport = Readonly<Record<EnforcedLimit, LimitEnforcement>>;
