import type { ConfigSource, LoadedConfig } from './config.ts';
import type { ConfigKey } from './config-key.ts';

/** Of what nobody gave. */
export const DEFAULT_SOURCE: ConfigSource = { kind: 'default', name: 'default' };

/** Which layer the value of a key is of; `default` where nobody gave one. */
export function configSourceOf({ entries }: Pick<LoadedConfig, 'entries'>, key: ConfigKey): ConfigSource {
  return entries.find((entry) => entry.key === key)?.source ?? DEFAULT_SOURCE;
}
