const MEBIBYTE = 1024 * 1024;

/** What sessions may hold between their runs, in this process's memory or, with some executors, at a service that bills. */
export interface SessionLimits {
  /** Of one principal, at one time. */
  readonly perPrincipal: number;
  /** Of all principals together. */
  readonly total: number;
  /** Of one session's files together. */
  readonly fileBytes: number;
  /** From the end of its last run on. */
  readonly idleMs: number;
}

export const SESSION_LIMITS: SessionLimits = {
  perPrincipal: 4,
  total: 16,
  fileBytes: 32 * MEBIBYTE,
  idleMs: 30 * 60_000,
};
