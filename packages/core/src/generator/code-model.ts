/** What is said so far, from the first word on; the last one is the user's. */
export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export interface ModelPrompt {
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** Of this one answer. */
  readonly maximumOutputTokens: number;
}

/**
 * How an answer ended: by itself; cut at its length; refused by the model or its service; or without a reason that is
 * known, which is taken for `stop`.
 */
export type AnswerEnding = 'stop' | 'length' | 'refused' | 'unknown';

/** Null: the model's service did not say. */
export interface TokenUsage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

export interface ModelAnswer {
  /** All of it; may be empty. */
  readonly text: string;
  readonly ending: AnswerEnding;
  readonly usage: TokenUsage;
  /** As the service names what answered. Null: it did not. */
  readonly model: string | null;
  /** What it cost, US dollars, where the service says so itself. */
  readonly costUsd: number | null;
}

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** Called with each piece as it arrives; together they are the answer's text. Not every model streams. */
  readonly onText: (text: string) => void;
}

/** Something that writes: a provider behind an API, or the model of an AI client. */
export interface CodeModel {
  /** `anthropic`, `openai`, `google`, `compatible`, or `client` for the model of an AI client. */
  readonly provider: string;
  /** Null: whoever answers chooses. */
  readonly model: string | null;
  /**
   * @throws ClocheError `ERR_GENERATOR_FAILED`, with what to do about it; retryable where the same call may succeed later
   * @throws the signal's reason after an abort
   */
  write(prompt: ModelPrompt, options: WriteOptions): Promise<ModelAnswer>;
}
