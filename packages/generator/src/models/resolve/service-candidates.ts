import type { GeneratorProvider } from '@cloche/core';
import { KNOWN_SERVICES } from './known-services.ts';
import type { KnownService } from './known-services.ts';
import { checkBaseUrl } from './check-base-url.ts';
import { serviceAt } from './known-services.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the usual variables of one service say. */
export interface ServiceCandidate {
  readonly service: KnownService;
  readonly provider: GeneratorProvider;
  readonly apiKey: string | null;
  readonly keySource: string | null;
  /** Null: the service's own address. */
  readonly baseUrl: string | null;
  readonly baseUrlSource: string | null;
}

export interface FoundKey {
  readonly apiKey: string;
  readonly keySource: string;
}

/** The first key among the usual variables of a service; null where none is set. */
export function findKey({ keyVariables }: KnownService, environment: Environment): FoundKey | null {
  for (const keySource of keyVariables) {
    const apiKey = environment[keySource]?.trim() ?? '';
    if (apiKey !== '') return { apiKey, keySource };
  }
  return null;
}

/** The address that the usual variable of a service gives; null where it gives none, or the service's own. */
export function findAddress({ baseUrlVariable }: KnownService, environment: Environment): string | null {
  const given = baseUrlVariable === null ? '' : (environment[baseUrlVariable]?.trim() ?? '');
  return given === '' || baseUrlVariable === null ? null : checkBaseUrl(given, baseUrlVariable);
}

/** @param named the provider that is asked for; null: any */
export function findCandidates(
  environment: Environment,
  named: GeneratorProvider | null,
): readonly ServiceCandidate[] {
  return KNOWN_SERVICES.flatMap((service) => {
    const candidate = candidateOf(service, environment, named);
    return candidate !== null && (named === null || candidate.provider === named) ? [candidate] : [];
  });
}

function candidateOf(
  service: KnownService,
  environment: Environment,
  named: GeneratorProvider | null,
): ServiceCandidate | null {
  // Whoever asks for one provider is not stopped by a variable of another.
  if (
    named !== null &&
    named !== service.provider &&
    !(named === 'compatible' && service.provider === 'openai')
  )
    return null;
  const key = findKey(service, environment);
  const address = findAddress(service, environment);
  if (key === null && (address === null || service.provider !== 'openai')) return null;
  const { baseUrlVariable } = service;
  return {
    service,
    provider: providerOf(service, address, named),
    apiKey: key?.apiKey ?? null,
    keySource: key?.keySource ?? null,
    baseUrl: address,
    baseUrlSource: address === null ? null : baseUrlVariable,
  };
}

/**
 * Many services ask their users to set OPENAI_BASE_URL. Most of them know OpenAI's chat completions alone, so unless
 * `openai` is asked for by name, they are called in that way.
 */
function providerOf(
  service: KnownService,
  address: string | null,
  named: GeneratorProvider | null,
): GeneratorProvider {
  const isElsewhere = address !== null && serviceAt(address) !== service;
  return service.provider === 'openai' && isElsewhere && named !== 'openai' ? 'compatible' : service.provider;
}
