import { CONFIG_KEYS, configSourceOf } from '@cloche/core';
import type { ConfigKey, LoadedConfig, TomlValue } from '@cloche/core';
import { RequestRefused } from '../http/request-refused.ts';

/**
 * What goes into the user's own file.
 *
 * @param changes what was asked for; null takes a key out of the file
 * @param all with what that brings along
 * @throws RequestRefused 409 where the file would have one provider's key and another provider
 */
export function valuesToSave(
  changes: ReadonlyMap<ConfigKey, string | null>,
  all: ReadonlyMap<ConfigKey, string | null | undefined>,
  base: LoadedConfig,
): ReadonlyMap<ConfigKey, TomlValue> {
  const values = new Map<ConfigKey, TomlValue>();
  for (const [key, value] of changes) values.set(key, tomlValue(key, value));
  for (const [key, value] of all) {
    if (changes.has(key) || value === undefined) continue;
    if (value !== null) values.set(key, tomlValue(key, value));
    else if (configSourceOf(base, key).kind === 'user') throw otherProvider(key);
  }
  return values;
}

function tomlValue(key: ConfigKey, text: string | null): TomlValue {
  const isNumber = CONFIG_KEYS.some((definition) => definition.key === key && definition.parser === 'count');
  return text !== null && isNumber ? Number(text) : text;
}

function otherProvider(key: ConfigKey): RequestRefused {
  return new RequestRefused({
    status: 409,
    message: {
      en: `The configuration file has ${key} of the provider before, and would send it to the new one.`,
      zh: `配置文件中的 ${key} 属于之前的提供方，会被发送给新的提供方。`,
    },
    hint: {
      en: 'Give the key of the new provider as well, or do not save: then it holds until the server ends.',
      zh: '请同时给出新提供方的密钥，或不保存：更改将在服务器结束前有效。',
    },
  });
}
