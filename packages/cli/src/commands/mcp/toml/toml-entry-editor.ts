import { isDeepStrictEqual } from 'node:util';
import { readToml } from '@cloche/core';
import type { EntryEditor, EntryPlace, EntryValues } from '../entries/entry-editor.ts';
import { editFailed } from '../entries/entry-errors.ts';
import { lineBreakOf } from '../entries/text-style.ts';
import type { TomlTable } from './toml-tables.ts';
import { tablesOfEntry } from './toml-tables.ts';
import type { TomlStatement } from './toml-statements.ts';

type Table = Readonly<Record<string, unknown>>;

/** What the edit of a text needs; the text has been parsed, and the result is before anybody gets it. */
interface TomlEntry {
  readonly place: EntryPlace;
  readonly value: unknown;
  readonly tables: readonly TomlTable[];
}

/** Before its text is used, `check` has to say that it is what was meant. */
export interface CheckedTomlEditor extends EntryEditor {
  /** @throws ClocheError where the text says anything else than the old one did, the entry apart */
  check(after: string): Promise<void>;
}

/**
 * Entries of a file in TOML, each a table `[mcp_servers.NAME]` of its own.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` with file, line and column
 */
export async function tomlEntryEditor(place: EntryPlace): Promise<CheckedTomlEditor> {
  const { path, text, serversKey, name } = place;
  const before = await readToml(path, text);
  const value = (before[serversKey] as Table | undefined)?.[name];
  const entry: TomlEntry = { place, value, tables: await tablesOfEntry(text, [serversKey, name]) };
  let expected: unknown;
  return {
    entry: value,
    withEntry: (values, isWhole) => {
      expected = { ...(isWhole || typeof value !== 'object' ? {} : value), ...values };
      if (value === undefined) return append(text, place, values);
      return isWhole ? append(remove(entry), place, values) : update(entry, values);
    },
    withoutEntry: () => {
      expected = undefined;
      return remove(entry);
    },
    check: async (after) => {
      const servers = plain({ ...(before[serversKey] as Table | undefined), [name]: expected });
      // Without its last table, the one above it is nowhere written.
      const meant = { ...before, [serversKey]: Object.keys(servers).length === 0 ? undefined : servers };
      const actual = await readToml(path, after);
      const isAsMeant = isDeepStrictEqual(plain(actual), plain(meant));
      if (!isAsMeant) throw editFailed(path);
    },
  };
}

/** At the end of the file, a blank line before it. */
function append(text: string, { serversKey, name }: EntryPlace, values: EntryValues): string {
  const lineBreak = lineBreakOf(text);
  const block = [
    `[${serversKey}.${name}]`,
    ...Object.entries(values).map(([key, value]) => assignment(key, value)),
  ].join(lineBreak);
  if (text.trim() === '') return `${block}${lineBreak}`;
  const endsWithBreak = text.endsWith('\n');
  const before = endsWithBreak ? text : text + lineBreak;
  const isSeparated = /\n\r?\n$/u.test(before);
  return `${before}${isSeparated ? '' : lineBreak}${block}${endsWithBreak ? lineBreak : ''}`;
}

function update({ place, tables }: TomlEntry, values: EntryValues): string {
  const [table] = tables;
  // Written in another way, as an inline table or with dotted keys: not for us to rewrite.
  if (table === undefined || table.path.length !== 2) throw editFailed(place.path);
  let { text } = place;
  const missing: string[] = [];
  const edits: { readonly at: TomlStatement; readonly content: string }[] = [];
  for (const [key, value] of Object.entries(values)) {
    const at = table.pairs.get(key);
    if (at === undefined) missing.push(assignment(key, value));
    else edits.push({ at, content: assignment(key, value) });
  }
  // From the end, so that offsets before it stay right.
  for (const { at, content } of edits.toSorted((left, right) => right.at.start - left.at.start)) {
    text = text.slice(0, at.start) + content + text.slice(at.end);
  }
  const lineBreak = lineBreakOf(text);
  const before = text.slice(0, table.header.lineEnd);
  const lines = before.endsWith('\n')
    ? missing.map((line) => line + lineBreak)
    : missing.map((line) => lineBreak + line);
  return before + lines.join('') + text.slice(before.length);
}

/** Every table of the entry, and the blank line before it. What stands between it and the next one stays. */
function remove({ place, value, tables }: TomlEntry): string {
  if (value !== undefined && tables.length === 0) throw editFailed(place.path);
  let { text } = place;
  for (const { header, end } of tables.toReversed()) {
    const lineStart = text.lastIndexOf('\n', header.start - 1) + 1;
    const blankLine = /(?<=^|\n)\r?\n$/u.exec(text.slice(0, lineStart))?.[0] ?? '';
    let start = lineStart - blankLine.length;
    // The file had no line break at its end, and has none again.
    if (end === text.length && !text.endsWith('\n'))
      start -= /\r?\n$/u.exec(text.slice(0, start))?.[0].length ?? 0;
    text = text.slice(0, start) + text.slice(end);
  }
  return text;
}

/** Every string of JSON is one of TOML, and so is every list of them. */
function assignment(key: string, value: EntryValues[string]): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : `[${value.map((word) => JSON.stringify(word)).join(', ')}]`;
  return `${key} = ${text}`;
}

/** Dates become text; keys without a value are no keys. */
function plain(value: Table): Table {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)),
  ) as Table;
}
