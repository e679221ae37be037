import { isDeepStrictEqual } from 'node:util';
import { readToml } from '@cloche/core';
import type { EntryEditor, EntryPlace, EntryValues } from '../entries/entry-editor.ts';
import { editFailed } from '../entries/entry-errors.ts';
import { addEntry } from './add-entry.ts';
import { inlineValue } from './inline-value.ts';
import { removeEntry } from './remove-entry.ts';
import type { TomlEntry } from './toml-entry.ts';
import { tomlEntry } from './toml-entry.ts';
import { updateEntry } from './update-entry.ts';

type Table = Readonly<Record<string, unknown>>;

/** Before its text is used, `check` has to say that it is what was meant. */
export interface CheckedTomlEditor extends EntryEditor {
  /** @throws ClocheError where the text says anything else than the old one did, the entry apart */
  check(after: string): Promise<void>;
}

/**
 * Entries of a file in TOML: a table `[mcp_servers.NAME]` each, where its user has not written them in another way.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` with file, line and column
 */
export async function tomlEntryEditor(place: EntryPlace): Promise<CheckedTomlEditor> {
  const { path, text, serversPath, name } = place;
  const [serversKey = ''] = serversPath;
  const before = await readToml(path, text);
  const servers = before[serversKey] as Table | undefined;
  const value = servers?.[name];
  const entry = await tomlEntry(text, [serversKey, name]);
  let expected: unknown;
  let content: string | null = null;
  return {
    entry: value,
    depth: [servers, value].filter((there) => there !== undefined).length,
    withEntry: async (values, isWhole) => {
      expected = { ...(isWhole || typeof value !== 'object' ? {} : value), ...values };
      content = inlineValue(values);
      if (value === undefined) return addEntry(entry, values);
      if (!isWhole) return updateEntry(entry, values);
      return replaceEntry(entry, values);
    },
    withoutEntry: () => {
      expected = undefined;
      content = null;
      return removeEntry(entry);
    },
    check: async (after) => {
      const meant = { ...before, [serversKey]: { ...servers, [name]: expected } };
      const actual = await readToml(path, after).catch(() => ({}));
      const isAsMeant = isDeepStrictEqual(plain(actual, serversKey), plain(meant, serversKey));
      if (!isAsMeant) throw editFailed(place, content);
    },
  };
}

/** In place where it is a value, and otherwise as a table at the end. */
async function replaceEntry(entry: TomlEntry, values: EntryValues): Promise<string> {
  const [only, ...others] = entry.pairs;
  if (entry.tables.length === 0 && others.length === 0 && only !== undefined && only.isWhole) {
    return entry.text.slice(0, only.pair.valueStart) + inlineValue(values) + entry.text.slice(only.pair.end);
  }
  return addEntry(await tomlEntry(removeEntry(entry), entry.path), values);
}

/** Dates become text; keys without a value are no keys, and no servers are none, however that is written. */
function plain(value: Table, serversKey: string): Table {
  const copy = JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)),
  ) as Record<string, unknown>;
  if (Object.keys(copy[serversKey] ?? {}).length === 0) delete copy[serversKey];
  return copy;
}
