import type { ModelAnswer } from '@cloche/core';
import type { GenerationTask } from './generation-task.ts';

/** Where a service does not say how many tokens an answer had; of code they are shorter than of prose. */
const CHARACTERS_PER_TOKEN = 3;

/** Fewer make no program, and some services refuse to write so little. */
export const LEAST_ANSWER_TOKENS = 64;

const TIME_USED: unique symbol = Symbol('the time of the generation is used');

/** What a generation may still take: tokens, and time. */
export class Budget {
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #caller: AbortSignal | null;
  readonly #onAbort = (): void => this.#abort.abort(this.#caller?.reason);
  #tokensLeft: number;

  constructor({ maximumOutputTokens, timeoutMs }: GenerationTask, caller: AbortSignal | null) {
    this.#tokensLeft = maximumOutputTokens;
    this.#timer = setTimeout(() => this.#abort.abort(TIME_USED), timeoutMs);
    this.#caller = caller;
    if (caller?.aborted === true) this.#onAbort();
    else caller?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Aborted by the caller, or when the time is used. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get isTimeUsed(): boolean {
    return this.signal.reason === TIME_USED;
  }

  get areTokensUsed(): boolean {
    return this.#tokensLeft < LEAST_ANSWER_TOKENS;
  }

  get tokensLeft(): number {
    return this.#tokensLeft;
  }

  spend({ usage, text }: ModelAnswer): void {
    const tokens = usage.outputTokens ?? Math.ceil(text.length / CHARACTERS_PER_TOKEN);
    this.#tokensLeft = Math.max(0, this.#tokensLeft - tokens);
  }

  /** The generation has ended. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#onAbort);
  }
}
