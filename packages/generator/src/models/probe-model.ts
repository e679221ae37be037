import type { Unavailability } from '@cloche/core/executor';
import { SEE_MORE_HINT } from '@cloche/core/executor';
import { chooseModel } from './choose-model.ts';
import { modelError } from './failures/model-error.ts';
import { fetchModelList } from './list/fetch-model-list.ts';
import type { ResolvedModel } from './resolved-model.ts';

const PROBE_TIMEOUT_MS = 5_000;

export type ModelProbe =
  | {
      readonly available: true;
      readonly latencyMs: number;
      /** The one that would write. Null: none is chosen, and the endpoint does not offer exactly one. */
      readonly model: string | null;
      /** Whether the endpoint lists it; some can do more than they list. Null where `model` is. */
      readonly isListed: boolean | null;
    }
  | Unavailability;

/** Whether the endpoint answers to this key: asks for its list, once. Never rejects; costs no tokens. */
export async function probeModel(
  resolved: ResolvedModel,
  { signal }: { readonly signal: AbortSignal },
): Promise<ModelProbe> {
  const startedAtMs = performance.now();
  try {
    signal.throwIfAborted();
    const models = await fetchModelList(resolved, PROBE_TIMEOUT_MS, signal);
    const model = chooseModel(resolved, models);
    return {
      available: true,
      latencyMs: performance.now() - startedAtMs,
      model,
      isListed: model === null ? null : models.some(({ id }) => id === model),
    };
  } catch (error) {
    if (signal.aborted) return cancelled();
    const { code, text } = modelError(error, resolved);
    return { available: false, code, reason: text.message, hint: text.hint ?? SEE_MORE_HINT, fix: [] };
  }
}

function cancelled(): Unavailability {
  return {
    available: false,
    code: 'ERR_GENERATOR_FAILED',
    reason: { en: 'Asking the model’s service was cancelled.', zh: '对模型服务的询问已取消。' },
    hint: { en: 'Ask again.', zh: '请重新询问。' },
    fix: [],
  };
}
