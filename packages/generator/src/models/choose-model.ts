import type { ListedModel } from './list/listed-model.ts';
import type { ResolvedModel } from './resolved-model.ts';

/** The model that writes: the one that is named, else the only one that the endpoint offers. Null: neither. */
export function chooseModel(
  { model }: Pick<ResolvedModel, 'model'>,
  offered: readonly ListedModel[],
): string | null {
  return model ?? (offered.length === 1 ? (offered[0]?.id ?? null) : null);
}
