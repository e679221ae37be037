export interface CallLimits {
  /** From the request to the status of its answer. A model that is still being loaded from a disk takes its time. */
  readonly answerTimeoutMs: number;
  /** Between two pieces of an answer's body; a sign of life without text counts. */
  readonly silenceTimeoutMs: number;
  /** Of an answer's body, as it is once it is unpacked: what is around the text, and thoughts, count too. */
  readonly maximumAnswerBytes: number;
  /** How often a call that certainly wrote nothing is tried again. */
  readonly maximumRetries: number;
  /** The longest delay that is waited for; a longer one is an error that names it. */
  readonly maximumRetryDelayMs: number;
}

export const DEFAULT_CALL_LIMITS: CallLimits = {
  answerTimeoutMs: 240_000,
  silenceTimeoutMs: 120_000,
  maximumAnswerBytes: 64 * 1024 * 1024,
  maximumRetries: 2,
  maximumRetryDelayMs: 10_000,
};
