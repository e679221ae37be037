import type { ConfigSource } from './config.ts';
import type { ConfigKey, ConfigParser, ConfigValue } from './config-key.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import type { ConfigLayer, SourcedValue } from './config-layer.ts';
import { EXECUTOR_TABLES } from './executor-tables.ts';
import { fileSchema } from './file-schema.ts';
import { invalidConfig } from './invalid-config.ts';
import { locateTomlKey } from './locate-toml-key.ts';
import { nearestName } from './nearest-name.ts';
import { parseConfigValue } from './parse-config-value.ts';
import { parseToml } from './parse-toml.ts';

type Table = Readonly<Record<string, unknown>>;

const EXPECTED: Readonly<Record<ConfigParser, { readonly en: string; readonly zh: string }>> = {
  duration: { en: 'a duration such as "90s"', zh: '时长，例如 "90s"' },
  size: { en: 'a size such as "512MiB"', zh: '大小，例如 "512MiB"' },
  count: { en: 'a whole number', zh: '整数' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: ' true 或 false' },
  enum: { en: 'text', zh: '文本' },
  locale: { en: '"en" or "zh"', zh: '"en" 或 "zh"' },
  list: { en: 'a list of text such as ["docker", "local"]', zh: '文本列表，例如 ["docker", "local"]' },
  pairs: { en: 'key=value, or a table of text', zh: ' key=value 或由文本组成的表' },
  text: { en: 'text', zh: '文本' },
};

/** One configuration file that is being read. */
interface OpenFile {
  readonly kind: ConfigSource['kind'];
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the text of a `cloche.toml` or `config.toml`.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` with file, line and key
 */
export function parseConfigFile(kind: ConfigSource['kind'], path: string, text: string): ConfigLayer {
  const file: OpenFile = { kind, path, text };
  const content = parseToml(path, text);
  checkShape(file, content);

  const values = new Map<ConfigKey, SourcedValue<ConfigValue>>();
  for (const definition of CONFIG_KEYS) {
    const given = valueAt(content, definition.key.split('.'));
    if (given === undefined) continue;
    const source = sourceOf(file, definition.key.split('.'));
    // The shape was checked.
    const value = parseConfigValue(definition, given as Exclude<ConfigValue, null>, source.name);
    values.set(definition.key, { value, source });
  }
  return { kind, values, options: optionsOf(file, content) };
}

function checkShape(file: OpenFile, content: Table): void {
  checkUnknownTables(file, content);
  const first = fileSchema().safeParse(content).error?.issues[0];
  if (first === undefined) return;
  const path = first.path.map(String);
  if (first.code === 'unrecognized_keys') throw unknownKey(file, [...path, first.keys[0] ?? '']);

  const definition = CONFIG_KEYS.find(
    ({ key }) => key === path.join('.') || path.join('.').startsWith(`${key}.`),
  );
  if (definition === undefined) {
    const isTable = CONFIG_KEYS.some(({ key }) => key.startsWith(`${path.join('.')}.`));
    if (!isTable) throw unknownKey(file, path);
    throw wrongKind(file, path, { en: 'a table', zh: '表' });
  }
  const given = valueAt(content, definition.key.split('.'));
  const source = sourceOf(file, definition.key.split('.')).name;
  // Its own parser says more about a text that is not one of several.
  if (typeof given === 'string' && definition.parser === 'enum') parseConfigValue(definition, given, source);
  throw wrongKind(file, definition.key.split('.'), EXPECTED[definition.parser]);
}

/** Any table may be an added executor's, so one that is nearly ours is most likely a slip. */
function checkUnknownTables(file: OpenFile, content: Table): void {
  const known = new Set(CONFIG_KEYS.map(({ key }) => key.split('.')[0] ?? ''));
  for (const name of Object.keys(content)) {
    if (!known.has(name) && nearestName(name, known) !== null) throw unknownKey(file, [name]);
  }
}

function unknownKey(file: OpenFile, path: readonly string[]): Error {
  const name = path.at(-1) ?? '';
  const before = path.slice(0, -1);
  const siblings = CONFIG_KEYS.map(({ key }) => key.split('.'))
    .filter((parts) => before.every((part, index) => parts[index] === part))
    .map((parts) => parts[before.length] ?? '');
  const nearest =
    nearestName(name, new Set(siblings)) ??
    nearestName(
      path.join('.'),
      CONFIG_KEYS.map(({ key }) => key),
    );
  return invalidConfig(
    { source: sourceOf(file, path).name, key: path.join('.') },
    { en: 'This key is not known.', zh: '未知的键。' },
    nearest === null
      ? { en: 'See every key: cloche config', zh: '查看所有键：cloche config' }
      : { en: `Did you mean ${nearest}?`, zh: `是否想输入 ${nearest}？` },
  );
}

function wrongKind(
  file: OpenFile,
  path: readonly string[],
  expected: { readonly en: string; readonly zh: string },
): Error {
  return invalidConfig(
    { source: sourceOf(file, path).name, key: path.join('.') },
    { en: `The value is not ${expected.en}.`, zh: `值不是${expected.zh}。` },
  );
}

/** What the tables of executors hold beside the keys that core knows: `docker.host`. */
function optionsOf(file: OpenFile, content: Table): ConfigLayer['options'] {
  const names = CONFIG_KEYS.map(({ key }) => key.split('.'));
  const tables = new Set(names.map(([name = '']) => name).filter((name) => !EXECUTOR_TABLES.has(name)));
  // `docker.images` is a table of keys, of which the shape was checked.
  const ours = new Set(names.map(([name, key]) => `${name}.${key}`));
  const options = new Map<string, SourcedValue<unknown>>();
  for (const [name, table] of Object.entries(content)) {
    if (tables.has(name) || typeof table !== 'object' || table === null) continue;
    for (const [key, value] of Object.entries(table)) {
      if (ours.has(`${name}.${key}`)) continue;
      options.set(`${name}.${key}`, { value, source: sourceOf(file, [name, key]) });
    }
  }
  return options;
}

function sourceOf(file: OpenFile, path: readonly string[]): ConfigSource {
  const line = locateTomlKey(file.text, path);
  return { kind: file.kind, name: line === null ? file.path : `${file.path}:${line}` };
}

function valueAt(content: Table, path: readonly string[]): unknown {
  let value: unknown = content;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Table)[part];
  }
  return value;
}
