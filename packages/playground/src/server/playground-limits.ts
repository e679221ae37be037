const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** What one server takes and keeps. All bounds are inclusive. */
export interface PlaygroundLimits {
  /** Of the body that starts a run, its files in base64 included. */
  readonly runBodyBytes: number;
  /** Of any other body. */
  readonly bodyBytes: number;
  readonly connections: number;
  /**
   * Streams of events that stay open at one time. A browser has six connections to a server for all its tabs together:
   * where streams took them all, no tab could ask for anything.
   */
  readonly openStreams: number;
  /** When a reader whose stream had to make room comes back. */
  readonly streamRetryMs: number;
  /** How often a silent stream gets a comment, so that a reader that has gone is noticed. */
  readonly streamCommentIntervalMs: number;
  /** Output is passed on after this, or once there is this much of it. */
  readonly batchIntervalMs: number;
  readonly batchBytes: number;
  /** Of one run's events: its output is kept up to here, then its end and the count of the rest. */
  readonly journalBytes: number;
  /** Of one run's artifacts together. */
  readonly artifactBytes: number;
  /** Runs that are kept, those under way aside; the oldest goes first. */
  readonly runCount: number;
  /** Runs that are under way at one time, waiting ones included. */
  readonly openRunCount: number;
  /** Of all runs together. */
  readonly totalBytes: number;
  /** From the end of a run on. */
  readonly keptMs: number;
  /** How long a run whose page wants it to end with it goes on alone: a reload takes a moment. */
  readonly abandonedMs: number;
  /**
   * The same where the server itself sent its last reader away, which comes back when its page can: one in the background
   * once a minute.
   */
  readonly sentAwayMs: number;
  /** How long what `doctor` says is taken to hold. */
  readonly healthMs: number;
  /** From the beginning of the end until whatever is still open is cut off. */
  readonly shutdownTimeoutMs: number;
}

export const DEFAULT_PLAYGROUND_LIMITS: PlaygroundLimits = {
  runBodyBytes: 96 * MEBIBYTE,
  bodyBytes: 64 * KIBIBYTE,
  connections: 256,
  openStreams: 4,
  streamRetryMs: 500,
  streamCommentIntervalMs: 15_000,
  batchIntervalMs: 16,
  batchBytes: 64 * KIBIBYTE,
  journalBytes: 64 * MEBIBYTE,
  artifactBytes: 64 * MEBIBYTE,
  runCount: 100,
  openRunCount: 64,
  totalBytes: 512 * MEBIBYTE,
  keptMs: 24 * 3_600_000,
  abandonedMs: 5_000,
  sentAwayMs: 150_000,
  healthMs: 15_000,
  shutdownTimeoutMs: 4_000,
};
