import { DEFAULT_GENERATOR_CONFIG } from '@cloche/core';
import { resolveModel } from '../../src/index.ts';
import type { ResolvedModel } from '../../src/index.ts';

export interface LiveEndpoint {
  readonly baseUrl: string;
  /** Null: the only one that it offers. */
  readonly model: string | null;
  /** Null: it wants none. */
  readonly apiKey: string | null;
}

/** As somebody would configure it by Cloche's own variables: a known service's address says which API it speaks. */
export function resolveEndpoint({ baseUrl, model, apiKey }: LiveEndpoint): ResolvedModel {
  const config = {
    ...DEFAULT_GENERATOR_CONFIG,
    model,
    baseUrl,
    baseUrlSource: { kind: 'environment', name: 'CLOCHE_TEST_LLM_BASE_URL' },
    apiKey,
  } as const;
  const resolved = resolveModel(config, {});
  if (resolved === null) throw new Error('nothing is configured');
  return resolved;
}
