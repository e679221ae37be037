import type { CodeModel } from '@cloche/core';
import { modelError } from './failures/model-error.ts';
import { findOnlyModel } from './find-only-model.ts';
import type { ResolvedModel } from './resolved-model.ts';
import { withModel } from './resolved-model.ts';
import { DEFAULT_CALL_LIMITS } from './stream/call-limits.ts';
import type { CallLimits } from './stream/call-limits.ts';
import { writeAnswer } from './stream/write-answer.ts';

/**
 * A model that writes, through the AI SDK. Opening it does nothing; the SDK is loaded, and where no model is named the
 * endpoint is asked for its only one, when it first writes.
 */
export function openCodeModel(resolved: ResolvedModel, limits: Partial<CallLimits> = {}): CodeModel {
  const callLimits = { ...DEFAULT_CALL_LIMITS, ...limits };
  let chosen = resolved.model;
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
      try {
        return await writeAnswer(named, chosen, callLimits, prompt, options);
      } catch (error) {
        signal.throwIfAborted();
        throw modelError(error, named);
      }
    },
  };
}
