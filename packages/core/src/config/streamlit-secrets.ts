import type { ConfigKey, ConfigValue } from './config-key.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import type { ConfigLayer, SourcedValue } from './config-layer.ts';
import { invalidConfig } from './invalid-config.ts';
import { locateTomlKey } from './locate-toml-key.ts';

/**
 * The `DAYTONA_…` values of a `secrets.toml`; everything else in it belongs to other programs and is
 * not looked at.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` when the file is not TOML or one of these values is not text
 */
export async function parseStreamlitSecrets(path: string, text: string): Promise<ConfigLayer> {
  const { parse, TomlError } = await import('smol-toml');
  let content: Record<string, unknown>;
  try {
    content = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw invalidConfig(
      { source: `${path}:${error.line}:${error.column}`, key: null },
      { en: 'This is not TOML.', zh: '不是有效的 TOML。' },
      { en: 'The format is described at https://toml.io', zh: '格式说明见 https://toml.io/cn' },
    );
  }
  const values = new Map<ConfigKey, SourcedValue<ConfigValue>>();
  for (const definition of CONFIG_KEYS) {
    const name = definition.variables.find(
      (variable) => variable.startsWith('DAYTONA_') && Object.hasOwn(content, variable),
    );
    if (name === undefined) continue;
    const value = content[name];
    const line = locateTomlKey(text, [name]);
    const source = { kind: 'streamlit', name: line === null ? path : `${path}:${line}` } as const;
    if (typeof value !== 'string' || value === '') {
      throw invalidConfig(
        { source: source.name, key: name },
        { en: 'The value is not text.', zh: '值不是文本。' },
      );
    }
    values.set(definition.key, { value, source });
  }
  return { kind: 'streamlit', values, options: new Map() };
}
