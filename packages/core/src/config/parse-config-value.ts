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
  enum: parseEnum,
  locale: parseLocale,
  list: (_, text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  text: parseText,
};

/**
 * The value of a key from a flag, a variable, or a file.
 *
 * @param given text; from a file also a number or an array of text, of which the shape was checked before
 * @param source what an error begins with: `--timeout`, `CLOCHE_TIMEOUT`, `cloche.toml:3`
 * @throws ClocheError `ERR_CONFIG_INVALID`
 */
export function parseConfigValue(
  definition: ConfigKeyDefinition,
  given: string | number | readonly string[],
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
