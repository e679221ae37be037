import { ClocheError } from '../executor/errors/cloche-error.ts';
import { LIMIT_BOUNDS } from '../executor/limits/execution-limits.ts';
import { localeFromTag } from '../locale/resolve-locale.ts';
import type { ConfigKeyDefinition, ConfigValue } from './config-key.ts';
import { invalidConfig } from './invalid-config.ts';
import { nearestName } from './nearest-name.ts';
import { parseDuration } from './parse-duration.ts';
import { parseSize } from './parse-size.ts';

const DEFAULT_BOUNDS = { minimum: 1, maximum: 1_000_000 };

type Parser = (definition: ConfigKeyDefinition, text: string) => ConfigValue;

const PARSERS: Readonly<Record<ConfigKeyDefinition['parser'], Parser>> = {
  duration: (_, text) => parseDuration(text),
  size: (_, text) => parseSize(text),
  count: (_, text) => parseNumber(text, /^\d+$/u, { en: 'a whole number', zh: '整数' }),
  number: (_, text) => parseNumber(text, /^(?:\d+(?:\.\d+)?|\.\d+)$/u, { en: 'a number', zh: '数字' }),
  boolean: parseBoolean,
  enum: parseEnum,
  locale: parseLocale,
  list: (_, text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  pairs: parsePairs,
  text: parseText,
};

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  ['yes', true],
  ['no', false],
  ['on', true],
  ['off', false],
]);

/**
 * The value of a key from a flag, a variable, or a file.
 *
 * @param given text; from a file also a number, a boolean, an array or a table of text, of which the shape was checked before
 * @param source what an error begins with: `--timeout`, `CLOCHE_TIMEOUT`, `cloche.toml:3`
 * @throws ClocheError `ERR_CONFIG_INVALID`
 */
export function parseConfigValue(
  definition: ConfigKeyDefinition,
  given: Exclude<ConfigValue, null>,
  source: string,
): ConfigValue {
  if (typeof given === 'object') return given;
  try {
    const value = PARSERS[definition.parser](definition, String(given));
    checkBounds(definition, value);
    return value;
  } catch (error) {
    if (!ClocheError.isInstance(error)) throw error;
    // A flag says by itself which key it is; a variable of another name does not.
    const key = source === definition.flag ? null : definition.key;
    throw invalidConfig({ source, key }, error.text.message, error.text.hint, error.cause);
  }
}

function parseNumber(
  text: string,
  pattern: RegExp,
  kind: { readonly en: string; readonly zh: string },
): number {
  const value = Number(text.trim());
  if (pattern.test(text.trim()) && Number.isFinite(value)) return value;
  const shown = JSON.stringify(text);
  throw invalidConfig(
    { source: null, key: null },
    { en: `${shown} is not ${kind.en}.`, zh: `${shown} 不是有效的${kind.zh}。` },
  );
}

function parseBoolean(_: ConfigKeyDefinition, text: string): boolean {
  const value = BOOLEANS.get(text.trim().toLowerCase());
  if (value !== undefined) return value;
  const shown = JSON.stringify(text);
  throw invalidConfig(
    { source: null, key: null },
    { en: `${shown} is neither true nor false.`, zh: `${shown} 既不是 true 也不是 false。` },
  );
}

function parsePairs(_: ConfigKeyDefinition, text: string): Readonly<Record<string, string>> {
  const pairs = new Map<string, string>();
  for (const item of text.split(',').filter((part) => part.trim() !== '')) {
    const equals = item.indexOf('=');
    const name = item.slice(0, Math.max(0, equals)).trim();
    if (name === '' || pairs.has(name)) throw badPair(item.trim(), name);
    pairs.set(name, item.slice(equals + 1).trim());
  }
  return Object.fromEntries(pairs);
}

function badPair(item: string, name: string): ClocheError {
  const shown = JSON.stringify(item);
  return invalidConfig(
    { source: null, key: null },
    name === ''
      ? { en: `${shown} is not key=value.`, zh: `${shown} 不是 key=value 的形式。` }
      : { en: `${name} is there twice.`, zh: `${name} 重复出现。` },
    {
      en: 'Write key=value, and a comma between several: team=search,tier=test',
      zh: '请写成 key=value，多个用逗号分隔：team=search,tier=test',
    },
  );
}

function parseEnum(definition: ConfigKeyDefinition, text: string): string {
  const values = definition.values ?? [];
  const value = text.trim();
  if (values.includes(value)) return value;
  const nearest = nearestName(value, values);
  const shown = JSON.stringify(text);
  throw invalidConfig(
    { source: null, key: null },
    {
      en: `${shown} is none of ${values.join(', ')}.`,
      zh: `${shown} 不在可选值之中：${values.join('、')}。`,
    },
    nearest === null ? null : { en: `Did you mean ${nearest}?`, zh: `是否想输入 ${nearest}？` },
  );
}

function parseLocale(_: ConfigKeyDefinition, text: string): string {
  const locale = localeFromTag(text);
  if (locale !== null) return locale;
  const shown = JSON.stringify(text);
  throw invalidConfig(
    { source: null, key: null },
    { en: `Cloche does not speak ${shown}.`, zh: `Cloche 不支持语言 ${shown}。` },
    { en: 'Use en or zh, as in CLOCHE_LANG=zh.', zh: '请使用 en 或 zh，例如 CLOCHE_LANG=zh。' },
  );
}

function parseText(_: ConfigKeyDefinition, text: string): string {
  const value = text.trim();
  if (value !== '') return value;
  throw invalidConfig({ source: null, key: null }, { en: 'The value is empty.', zh: '值为空。' });
}

function checkBounds(definition: ConfigKeyDefinition, value: ConfigValue): void {
  if (typeof value !== 'number') return;
  const { minimum, maximum } =
    definition.limit === null ? (definition.bounds ?? DEFAULT_BOUNDS) : LIMIT_BOUNDS[definition.limit];
  if (value >= minimum && value <= maximum) return;
  const unit = { duration: ' ms', size: ' bytes' }[definition.parser as string] ?? '';
  const unitZh = { duration: ' 毫秒', size: ' 字节' }[definition.parser as string] ?? '';
  throw invalidConfig(
    { source: null, key: null },
    {
      en: `${value}${unit} is outside of ${minimum} to ${maximum}${unit}.`,
      zh: `${value}${unitZh} 超出范围 ${minimum} 至 ${maximum}${unitZh}。`,
    },
  );
}
