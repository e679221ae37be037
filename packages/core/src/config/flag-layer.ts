import type { ConfigLayer } from './config-layer.ts';
import type { ConfigKey } from './config-key.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import { parseConfigValue } from './parse-config-value.ts';

/** @throws ClocheError `ERR_CONFIG_INVALID` naming the flag */
export function flagLayer(flags: Readonly<Partial<Record<ConfigKey, string>>>): ConfigLayer {
  const values: Map<
    ConfigKey,
    { value: ReturnType<typeof parseConfigValue>; source: { kind: 'flag'; name: string } }
  > = new Map();
  for (const definition of CONFIG_KEYS) {
    const text = flags[definition.key];
    if (text === undefined) continue;
    const name = definition.flag ?? definition.key;
    values.set(definition.key, {
      value: parseConfigValue(definition, text, name),
      source: { kind: 'flag', name },
    });
  }
  return { kind: 'flag', values, options: new Map() };
}
