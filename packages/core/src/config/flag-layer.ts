import type { LocalizedText } from '../executor/localized-text.ts';
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

/** What other users of the machine can read in its list of processes. */
export function flagWarnings(flags: Readonly<Partial<Record<ConfigKey, string>>>): LocalizedText[] {
  return CONFIG_KEYS.flatMap(({ key, flag, secret, variables }) => {
    if (!secret || flag === null || flags[key] === undefined) return [];
    const [variable = ''] = variables;
    return [
      {
        en: `Other users of this machine can read the key behind ${flag} while the command runs, and the shell may keep it in its history. Give it as ${variable} instead.`,
        zh: `命令运行期间，本机其他用户可以读取 ${flag} 后的密钥，shell 也可能将其记入历史。请改用 ${variable}。`,
      },
    ];
  });
}
