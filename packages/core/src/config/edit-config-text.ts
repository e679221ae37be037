import { isDeepStrictEqual } from 'node:util';
import { ClocheError } from '../executor/errors/cloche-error.ts';
import type { ConfigKey } from './config-key.ts';
import { invalidConfig } from './invalid-config.ts';
import { locateTomlKey } from './locate-toml-key.ts';
import { parseToml } from './parse-toml.ts';

/** What a key of a file becomes: text or a number as TOML has them, or null for a key that is taken out. */
export type TomlValue = string | number | null;

type Table = Readonly<Record<string, unknown>>;

/** `limits.timeout = "90s"  # as long as a test`: what stands before the value, the value, what stands behind it. */
const ASSIGNMENT =
  /^(?<before>[^=]*=[ \t]*)(?<value>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'[{][^\s#]*)(?<after>[ \t]*(?:#.*)?\r?)$/u;

/**
 * The text with other values, everything else as it was: comments, order, spaces.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` where the text is not TOML, or the value cannot be put into it as it is written
 */
export function editConfigText(
  path: string,
  text: string,
  values: ReadonlyMap<ConfigKey, TomlValue>,
): string {
  let edited = text;
  for (const [key, value] of values) edited = editKey(path, edited, key.split('.'), value);
  return edited;
}

function editKey(path: string, text: string, key: readonly string[], value: TomlValue): string {
  const before = parseToml(path, text);
  const wanted = withValue(before, key, value);
  if (isSame(before, wanted)) return text;
  for (const edit of [replace, insertInTable, appendTable, insertBehindDotted, insertDotted]) {
    const edited = edit(text, key, value);
    if (edited !== null && holds(path, edited, wanted)) return edited;
  }
  const [table = ''] = key;
  throw invalidConfig(
    { source: path, key: table },
    {
      en: 'The values do not fit into this table as it is written.',
      zh: '该表的写法无法加入这些值。',
    },
    { en: `Write a table of its own: [${table}]`, zh: `请写成单独的表：[${table}]` },
  );
}

/** Whether the text says exactly this; an edit that hit something else is not taken. */
function holds(path: string, text: string, wanted: Table): boolean {
  try {
    return isSame(parseToml(path, text), wanted);
  } catch (error) {
    if (ClocheError.isInstance(error)) return false;
    throw error;
  }
}

function isSame(left: Table, right: Table): boolean {
  return isDeepStrictEqual(withoutEmptyTables(left), withoutEmptyTables(right));
}

/** On the line where the key stands. */
function replace(text: string, key: readonly string[], value: TomlValue): string | null {
  const line = locateTomlKey(text, key);
  if (line === null) return null;
  const lines = text.split('\n');
  if (value === null) return lines.toSpliced(line - 1, 1).join('\n');
  const { before, after } = ASSIGNMENT.exec(lines[line - 1] ?? '')?.groups ?? {};
  if (before === undefined || after === undefined) return null;
  return lines.with(line - 1, `${before}${toml(value)}${after}`).join('\n');
}

/** Below the head of its table. */
function insertInTable(text: string, key: readonly string[], value: TomlValue): string | null {
  const [table = '', ...rest] = key;
  if (value === null || rest.length === 0) return null;
  const headLine = locateTomlKey(text, [table]);
  const lines = text.split('\n');
  const head = lines[(headLine ?? 0) - 1] ?? '';
  if (headLine === null || !/^\s*\[/u.test(head)) return null;
  const end = head.endsWith('\r') ? '\r' : '';
  return lines.toSpliced(headLine, 0, `${rest.join('.')} = ${toml(value)}${end}`).join('\n');
}

/** As a table of its own at the end. */
function appendTable(text: string, key: readonly string[], value: TomlValue): string | null {
  const [table = '', ...rest] = key;
  if (value === null || rest.length === 0) return null;
  const before = text.trim() === '' ? text : `${text.replace(/\n*$/u, '')}\n\n`;
  return `${before}[${table}]\n${rest.join('.')} = ${toml(value)}\n`;
}

/** Behind the last key before the first table. */
function insertBehindDotted(text: string, key: readonly string[], value: TomlValue): string | null {
  const lines = text.split('\n');
  const firstHead = lines.findIndex((line) => /^\s*\[/u.test(line));
  const above = firstHead < 0 ? lines : lines.slice(0, firstHead);
  const last = above.findLastIndex((line) => /^\s*[\w"'-][^=]*=/u.test(line));
  if (value === null || last < 0) return null;
  const end = lines[last]?.endsWith('\r') === true ? '\r' : '';
  const before = lines[last] ?? '';
  return lines.toSpliced(last, 1, before, `${key.join('.')} = ${toml(value)}${end}`).join('\n');
}

/** At the top, where no table has begun. */
function insertDotted(text: string, key: readonly string[], value: TomlValue): string | null {
  return value === null ? null : `${key.join('.')} = ${toml(value)}\n${text}`;
}

function toml(value: string | number): string {
  // Every string of JSON is one of TOML, apart from a character that TOML wants escaped.
  return typeof value === 'number' ? String(value) : JSON.stringify(value).replaceAll('\u007F', '\\u007F');
}

function withValue(table: Table, key: readonly string[], value: TomlValue): Table {
  const [name = '', ...rest] = key;
  const { [name]: present, ...others } = table;
  if (rest.length === 0) return value === null ? others : { ...others, [name]: value };
  const inner = typeof present === 'object' && present !== null ? (present as Table) : {};
  return { ...others, [name]: withValue(inner, rest, value) };
}

/** A table whose last key was taken out may stay, with its comments. */
function withoutEmptyTables(table: Table): Table {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, value]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date)
        return [[name, value]];
      const inner = withoutEmptyTables(value as Table);
      return Object.keys(inner).length === 0 ? [] : [[name, inner]];
    }),
  );
}
