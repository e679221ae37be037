import type { ConfigKey, LoadedConfig } from '@cloche/core';

const ADDRESSES = [
  ['daytona.apiKey', 'daytona.apiUrl'],
  ['generator.apiKey', 'generator.baseUrl'],
] as const;

/** What a change brings along, so that no key goes where it was not meant to. */
export function impliedChanges(
  changes: ReadonlyMap<ConfigKey, string | null>,
  { config, entries }: LoadedConfig,
  base: LoadedConfig,
): ReadonlyMap<ConfigKey, string | null | undefined> {
  const all = new Map<ConfigKey, string | null | undefined>();
  for (const [key, value] of changes) all.set(key, value ?? undefined);
  // A new key goes to the address that the page shows beside it.
  const apiUrl = config.executorOptions['daytona']?.['apiUrl'];
  if (typeof changes.get('daytona.apiKey') === 'string' && !changes.has('daytona.apiUrl'))
    all.set('daytona.apiUrl', typeof apiUrl === 'string' ? apiUrl : undefined);
  if (typeof changes.get('generator.apiKey') === 'string' && !changes.has('generator.baseUrl')) {
    all.set('generator.baseUrl', config.generator.baseUrl ?? undefined);
  }
  const isAnother = (address: ConfigKey): boolean =>
    (entries.find(({ key }) => key === address)?.value ?? null) !== (changes.get(address) ?? null);
  for (const [key, address] of ADDRESSES) {
    const isChosen = entries.some((entry) => entry.key === key && entry.source.kind === 'session');
    // Without its key the address would be given alone.
    if (changes.get(key) === null && isChosen && !changes.has(address)) all.set(address, undefined);
    // A key was typed for the address that stood beside it, and is not what a new one is to be sent.
    if (changes.has(address) && isChosen && !changes.has(key) && isAnother(address)) all.set(key, undefined);
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
