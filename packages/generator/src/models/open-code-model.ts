import type { CodeModel } from '@cloche/core';
import { modelError } from './failures/model-error.ts';
import { findOnlyModel } from './find-only-model.ts';
import type { ResolvedModel } from './resolved-model.ts';
import { withModel } from './resolved-model.ts';
import { DEFAULT_CALL_LIMITS } from './stream/call-limits.ts';
import type { CallLimits } from './stream/call-limits.ts';
import { lowerOutputTokens } from './stream/lower-output-tokens.ts';
import { writeAnswer } from './stream/write-answer.ts';

/** Whoever refuses more often than this refuses whatever is asked for. */
const MOST_TIMES_LOWERED = 8;

/**
 * A model that writes, through the AI SDK. Opening it does nothing; the SDK is loaded, and where no model is named the
 * endpoint is asked for its only one, when it first writes.
 */
export function openCodeModel(resolved: ResolvedModel, limits: Partial<CallLimits> = {}): CodeModel {
  const callLimits = { ...DEFAULT_CALL_LIMITS, ...limits };
  let chosen = resolved.model;
  /** What the model has refused to exceed so far. */
  let mostOutputTokens = Infinity;
  return {
    provider: resolved.provider,
    get model() {
      return chosen;
    },
    async write(prompt, options) {
      const { signal } = options;
      signal.throwIfAborted();
      chosen ??= await findOnlyModel(resolved, signal);
      const named = withModel(resolved, chosen);
      for (let timesLowered = 0; ; timesLowered += 1) {
        const maximumOutputTokens = Math.min(prompt.maximumOutputTokens, mostOutputTokens);
        try {
          return await writeAnswer(named, chosen, callLimits, { ...prompt, maximumOutputTokens }, options);
        } catch (error) {
          signal.throwIfAborted();
          const lower = lowerOutputTokens(error, maximumOutputTokens);
          if (lower === null || timesLowered === MOST_TIMES_LOWERED) throw modelError(error, named);
          mostOutputTokens = lower;
        }
      }
    },
  };
}
