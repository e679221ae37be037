import { modelError } from './failures/model-error.ts';
import { fetchModelList } from './list/fetch-model-list.ts';
import type { ListedModel } from './list/listed-model.ts';
import type { ResolvedModel } from './resolved-model.ts';

const LIST_TIMEOUT_MS = 15_000;

/**
 * What the endpoint offers, in its own order. Costs no tokens.
 *
 * @throws ClocheError `ERR_GENERATOR_FAILED`
 * @throws the signal's reason after an abort
 */
export async function listModels(
  resolved: ResolvedModel,
  { signal }: { readonly signal: AbortSignal },
): Promise<readonly ListedModel[]> {
  signal.throwIfAborted();
  try {
    return await fetchModelList(resolved, LIST_TIMEOUT_MS, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw modelError(error, resolved);
  }
}
