import type { ConfigKey, ConfigValue } from './config-key.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import type { ConfigLayer, SourcedValue } from './config-layer.ts';
import { parseConfigValue } from './parse-config-value.ts';

const SOURCE = { kind: 'session', name: 'page' } as const;

/**
 * What a person has chosen in the page of a running server.
 *
 * @param chosen null: what the layers below say does not count
 * @throws ClocheError `ERR_CONFIG_INVALID` naming the key
 */
export function sessionLayer(chosen: Readonly<Partial<Record<ConfigKey, string | null>>>): ConfigLayer {
  const values = new Map<ConfigKey, SourcedValue<ConfigValue>>();
  for (const definition of CONFIG_KEYS) {
    const text = chosen[definition.key];
    if (text === undefined) continue;
    const value = text === null ? definition.defaultValue : parseConfigValue(definition, text, SOURCE.name);
    values.set(definition.key, { value, source: SOURCE });
  }
  return { kind: 'session', values, options: new Map() };
}
