/** How long is waited for what, milliseconds. Every request has its deadline here. */
export interface Timing {
  /** A new sandbox: the service itself waits up to 30 s for one, and a large snapshot on a fresh machine takes longer. */
  readonly creationMs: number;
  /** An ordinary request. */
  readonly requestMs: number;
  /** The request to delete a sandbox. */
  readonly deletionMs: number;
  readonly uploadMs: number;
  /** What a poll's answer may take beyond what the poll itself waits. */
  readonly executeGraceMs: number;
  /** For how long a sandbox that gives no answer is asked again. */
  readonly unreachableMs: number;
  /** Before each further try of a request to a sandbox. */
  readonly retryPausesMs: readonly number[];
  /** Before each further try of a deletion: a state change that is under way ends within seconds. */
  readonly deletionPausesMs: readonly number[];
  /** Before each look for a sandbox whose creation was given up: it may only come into being later. */
  readonly lookPausesMs: readonly number[];
  /** After that a kept sandbox is asked for its state before it is used again: the service stops what is silent. */
  readonly silentMs: number;
  /** How long a result waits until its sandbox's deletion is accepted. */
  readonly resultWaitsMs: number;
  /** How long a disposed executor waits for deletions that are under way. */
  readonly disposalWaitsMs: number;
}

export const DEFAULT_TIMING: Timing = {
  creationMs: 120_000,
  requestMs: 15_000,
  deletionMs: 10_000,
  uploadMs: 120_000,
  executeGraceMs: 7000,
  unreachableMs: 30_000,
  retryPausesMs: [100, 400, 1500, 4000],
  deletionPausesMs: [300, 1000, 3000, 6000],
  lookPausesMs: [0, 500, 1500, 4000],
  silentMs: 30_000,
  resultWaitsMs: 5000,
  disposalWaitsMs: 20_000,
};
