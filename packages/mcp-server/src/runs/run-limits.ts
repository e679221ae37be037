const MEBIBYTE = 1024 * 1024;

/** What is kept of runs, so that a server that lives for weeks does not fill memory or disk. */
export interface RunLimits {
  /** Of one run's output, all streams together: the beginning is kept, the rest is counted only. */
  readonly outputBytes: number;
  /** Of one run's artifacts together. */
  readonly artifactBytes: number;
  /** Ended runs of one principal. */
  readonly runCount: number;
  /** Of all runs of all principals together. */
  readonly totalBytes: number;
  /** From the end of a run on. */
  readonly keptMs: number;
}

export const RUN_LIMITS: RunLimits = {
  outputBytes: 64 * MEBIBYTE,
  artifactBytes: 64 * MEBIBYTE,
  runCount: 100,
  totalBytes: 512 * MEBIBYTE,
  keptMs: 30 * 60_000,
};
