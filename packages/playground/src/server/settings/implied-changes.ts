import { configSourceOf, CREDENTIAL_PAIRS } from '@cloche/core';
import type { ConfigKey, LoadedConfig } from '@cloche/core';

/** What a change brings along, so that no key goes where it was not meant to. */
export function impliedChanges(
  changes: ReadonlyMap<ConfigKey, string | null>,
  loaded: LoadedConfig,
  base: LoadedConfig,
): ReadonlyMap<ConfigKey, string | null | undefined> {
  const { config, entries } = loaded;
  const all = new Map<ConfigKey, string | null | undefined>();
  for (const [key, value] of changes) all.set(key, value ?? undefined);
  for (const { credential, endpoint } of CREDENTIAL_PAIRS) {
    const address = addressOf(entries, endpoint);
    // A new key goes to the address that the page shows beside it.
    if (typeof changes.get(credential) === 'string' && !changes.has(endpoint))
      all.set(endpoint, address ?? undefined);
    if (configSourceOf(loaded, credential).kind !== 'session') continue;
    // Without its key the address would be given alone.
    if (changes.get(credential) === null && !changes.has(endpoint)) all.set(endpoint, undefined);
    // A key was typed for the address that stood beside it, and is not what a new one is to be sent.
    const isAnother = changes.has(endpoint) && address !== (changes.get(endpoint) ?? null);
    if (isAnother && !changes.has(credential)) all.set(credential, undefined);
  }
  if (!changes.has('generator.provider')) return all;
  const wanted = changes.get('generator.provider') ?? base.config.generator.provider;
  if (wanted === config.generator.provider) return all;
  // Key, address and model are those of the provider before.
  const isAsConfigured = wanted === base.config.generator.provider;
  for (const key of ['generator.apiKey', 'generator.baseUrl', 'generator.model'] as const)
    if (!changes.has(key)) all.set(key, isAsConfigured ? undefined : null);
  return all;
}

/** Null: the service's own. */
function addressOf(entries: LoadedConfig['entries'], endpoint: ConfigKey): string | null {
  const value = entries.find(({ key }) => key === endpoint)?.value;
  return typeof value === 'string' ? value : null;
}
