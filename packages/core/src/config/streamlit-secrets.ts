import type { ConfigKey, ConfigKeyDefinition, ConfigValue } from './config-key.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import type { ConfigLayer, SourcedValue } from './config-layer.ts';
import { invalidConfig } from './invalid-config.ts';
import { locateTomlKey } from './locate-toml-key.ts';
import { parseConfigValue } from './parse-config-value.ts';

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
    const given = definition.variables
      .filter((name) => name.startsWith('DAYTONA_') && Object.hasOwn(content, name))
      .map((name) => readText(definition, name, { path, text, content }));
    const [first] = given;
    if (first === undefined) continue;
    const other = given.find(({ value }) => value !== first.value);
    if (other !== undefined) throw contradiction(definition, first, other);
    values.set(definition.key, { value: first.value, source: first.source });
  }
  return { kind: 'streamlit', values, options: new Map() };
}

interface NamedValue extends SourcedValue<ConfigValue> {
  readonly name: string;
}

function readText(
  definition: ConfigKeyDefinition,
  name: string,
  file: {
    readonly path: string;
    readonly text: string;
    readonly content: Readonly<Record<string, unknown>>;
  },
): NamedValue {
  const value = file.content[name];
  const line = locateTomlKey(file.text, [name]);
  const place = line === null ? file.path : `${file.path}:${line}`;
  if (typeof value !== 'string') {
    throw invalidConfig({ source: place, key: name }, { en: 'The value is not text.', zh: '值不是文本。' });
  }
  const parsed = parseConfigValue(definition, value, `${place}: ${name}`);
  return { name, value: parsed, source: { kind: 'streamlit', name: place } };
}

function contradiction(definition: ConfigKeyDefinition, first: NamedValue, other: NamedValue): Error {
  return invalidConfig(
    { source: first.source.name, key: null },
    {
      en: `${first.name} and ${other.name} contradict each other: both give ${definition.key}.`,
      zh: `${first.name} 与 ${other.name} 互相矛盾：两者都给出 ${definition.key}。`,
    },
    { en: `Keep one of them: ${first.name}`, zh: `请只保留其中一个：${first.name}` },
  );
}
