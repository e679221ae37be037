import type { ModelAnswer, TokenUsage } from '@cloche/core';

const NOT_SAID: TokenUsage = { inputTokens: null, outputTokens: null };

/** What answers cost together. What one of them does not say is not known of all. */
export class UsageSum {
  #tokens: TokenUsage = { inputTokens: 0, outputTokens: 0 };
  #costUsd: number | null = 0;
  #isEmpty = true;

  add({ usage, costUsd }: Pick<ModelAnswer, 'usage' | 'costUsd'>): void {
    this.#isEmpty = false;
    this.#tokens = {
      inputTokens: sum(this.#tokens.inputTokens, usage.inputTokens),
      outputTokens: sum(this.#tokens.outputTokens, usage.outputTokens),
    };
    this.#costUsd = sum(this.#costUsd, costUsd);
  }

  /** An answer was begun, and how much of it is to be paid nobody says. */
  addUnknown(): void {
    this.add({ usage: NOT_SAID, costUsd: null });
  }

  get tokens(): TokenUsage {
    return this.#tokens;
  }

  /** Null: not known. */
  get costUsd(): number | null {
    return this.#isEmpty ? null : this.#costUsd;
  }
}

function sum(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : left + right;
}
