import type { GeneratorConfig, GeneratorProvider } from '@cloche/core';
import { createResolvedModel } from '../resolved-model.ts';
import type { ResolvedModel } from '../resolved-model.ts';
import { checkBaseUrl } from './check-base-url.ts';
import { checkKey } from './check-key.ts';
import { findAddress, findCandidates, findKey } from './service-candidates.ts';
import type { ServiceCandidate, Environment, FoundKey } from './service-candidates.ts';
import { serviceAt, serviceOf } from './known-services.ts';
import type { KnownService } from './known-services.ts';
import { addressMissing, keyMissing, providerMissing, severalProviders } from './resolve-errors.ts';

const NO_KEY = { apiKey: null, keySource: null, withheldKey: null };

/** What is asked, before it is checked. */
type Endpoint = Pick<
  ResolvedModel,
  'provider' | 'baseUrl' | 'baseUrlSource' | 'apiKey' | 'keySource' | 'withheldKey'
>;

/**
 * `generator.*` first, then the usual variables of the providers. A key and the address that it is sent to come from
 * one place, except that a key may always go to the own address of its service.
 *
 * @returns null where nothing is configured
 * @throws ClocheError `ERR_CONFIG_INVALID` where it contradicts itself: a key without a provider, a provider without a
 *   key, several providers, an address to which nothing is sent
 */
export function resolveModel(config: GeneratorConfig, environment: Environment): ResolvedModel | null {
  const endpoint =
    config.apiKey === null && config.baseUrl === null
      ? fromEnvironment(config, environment)
      : fromConfiguration(config, environment);
  if (endpoint === null) return null;
  const { provider, apiKey, keySource } = endpoint;
  const baseUrl = endpoint.baseUrl === null ? null : versioned(provider, endpoint.baseUrl);
  const known = baseUrl === null ? serviceOf(provider) : serviceAt(baseUrl);
  if (apiKey === null && known !== null && known.provider !== 'compatible') throw keyMissing(provider);
  return createResolvedModel({
    ...endpoint,
    service: known?.name ?? new URL(baseUrl ?? '').host,
    model: config.model ?? serviceOf(provider)?.defaultModel ?? null,
    baseUrl,
    apiKey:
      apiKey === null ? null : checkKey(apiKey, keySource ?? 'generator.apiKey', provider, known !== null),
  });
}

function fromConfiguration(config: GeneratorConfig, environment: Environment): Endpoint {
  const source = config.baseUrlSource?.name ?? 'generator.baseUrl';
  const baseUrl = config.baseUrl === null ? null : checkBaseUrl(config.baseUrl, source);
  const known = baseUrl === null ? null : serviceAt(baseUrl);
  const provider = config.provider ?? (baseUrl === null ? null : (known?.provider ?? 'compatible'));
  if (provider === null) throw providerMissing();
  if (baseUrl === null && provider === 'compatible') throw addressMissing();
  const place = { provider, baseUrl, baseUrlSource: baseUrl === null ? null : source };
  if (config.apiKey !== null) {
    return { ...place, apiKey: config.apiKey, keySource: 'generator.apiKey', withheldKey: null };
  }
  return { ...place, ...keyForAddress(config, environment, provider, known) };
}

/** The key of the usual variables, where it may go to an address of the configuration. */
function keyForAddress(
  { baseUrlSource }: GeneratorConfig,
  environment: Environment,
  provider: GeneratorProvider,
  known: KnownService | null,
): Pick<Endpoint, 'apiKey' | 'keySource' | 'withheldKey'> {
  // Its own address is where it would go without any configuration.
  if (known !== null) return { ...NO_KEY, ...findKey(known, environment) };
  const service = serviceOf(provider);
  const key: FoundKey | null = service === null ? null : findKey(service, environment);
  if (service === null || key === null) return NO_KEY;
  const isOneLayer = baseUrlSource?.kind === 'environment' && findAddress(service, environment) === null;
  return isOneLayer ? { ...key, withheldKey: null } : { ...NO_KEY, withheldKey: key.keySource };
}

function fromEnvironment({ provider }: GeneratorConfig, environment: Environment): Endpoint | null {
  const candidates = findCandidates(environment, provider);
  const [only, ...further] = candidates;
  if (only === undefined) {
    if (provider === null) return null;
    throw provider === 'compatible' ? addressMissing() : keyMissing(provider);
  }
  if (further.length > 0) throw severalProviders(candidates.map(describe));
  const { service, baseUrl, baseUrlSource, apiKey, keySource } = only;
  // Only services with a package of their own have an address that needs no saying.
  const address = baseUrl ?? (service.provider === 'compatible' ? service.baseUrl : null);
  return { provider: only.provider, baseUrl: address, baseUrlSource, apiKey, keySource, withheldKey: null };
}

function describe({ service, provider, baseUrl, baseUrlSource, keySource }: ServiceCandidate): {
  service: string;
  provider: GeneratorProvider;
  source: string;
} {
  const host = baseUrl === null ? null : new URL(baseUrl).host;
  return {
    service: host === null || provider !== 'compatible' ? service.name : host,
    provider,
    source: provider === 'compatible' && baseUrlSource !== null ? baseUrlSource : (keySource ?? ''),
  };
}

/** Anthropic's own client takes the address without its version, and people set it so. */
function versioned(provider: GeneratorProvider, baseUrl: string): string {
  return provider === 'anthropic' && !/\/v\d+\w*$/u.test(baseUrl) ? `${baseUrl}/v1` : baseUrl;
}
