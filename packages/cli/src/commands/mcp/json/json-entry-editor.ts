import { isDeepStrictEqual } from 'node:util';
import type { Edit, Node } from 'jsonc-parser';
import { applyEdits, getNodeValue } from 'jsonc-parser';
import type { EntryEditor, EntryPlace, EntryValues } from '../entries/entry-editor.ts';
import { editFailed } from '../entries/entry-errors.ts';
import { insertProperty, replaceValue } from './insert-property.ts';
import type { JsonFile } from './parse-json-file.ts';
import { checkObject, parseJsonFile, propertyOf } from './parse-json-file.ts';
import { removeProperty } from './remove-property.ts';

type JsonObject = Record<string, unknown>;

/** The properties on the way to the entry, as far as they are there. */
interface Located {
  readonly servers: Node | undefined;
  readonly property: Node | undefined;
}

/**
 * Entries of a file in JSON, with comments or without.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` with file, line and column
 */
export function jsonEntryEditor(place: EntryPlace): EntryEditor {
  const file = parseJsonFile(place.path, place.text);
  const located = locate(file, place);
  const property = located.property;
  const value = property?.children?.[1];
  const entry: unknown = value === undefined ? undefined : getNodeValue(value);
  return {
    entry,
    withEntry: (values, isWhole) => {
      const kept = isWhole || typeof entry !== 'object' ? {} : entry;
      return edited(file, place, setEntry(file, place, values, isWhole), { ...kept, ...values });
    },
    withoutEntry: () =>
      property === undefined || located.servers === undefined
        ? file.text
        : edited(file, place, removeProperty(file.text, located.servers, property), undefined),
  };
}

function locate(file: JsonFile, { serversKey, name }: EntryPlace): Located {
  const servers = propertyOf(file, file.root, serversKey)?.children?.[1];
  if (servers === undefined) return { servers, property: undefined };
  checkObject(file, servers, serversKey);
  return { servers, property: propertyOf(file, servers, name) };
}

function setEntry(file: JsonFile, place: EntryPlace, values: EntryValues, isWhole: boolean): string {
  const { text, root } = file;
  const { servers, property } = locate(file, place);
  if (servers === undefined) {
    return applyEdits(text, insertProperty(text, root, place.serversKey, { [place.name]: values }));
  }
  const value = property?.children?.[1];
  if (value === undefined) return applyEdits(text, insertProperty(text, servers, place.name, values));
  if (isWhole || value.type !== 'object') return applyEdits(text, replaceValue(text, servers, value, values));
  // One after the other, so that two that are missing do not meet in one place.
  const [first, ...others] = Object.entries(values).filter(([key, wanted]) => {
    const present = propertyOf(file, value, key)?.children?.[1];
    return present === undefined || !isDeepStrictEqual(getNodeValue(present), wanted);
  });
  if (first === undefined) return text;
  const changed = applyEdits(text, setKey(file, value, first[0], first[1]));
  const rest = Object.fromEntries(others);
  return others.length === 0 ? changed : setEntry(parseJsonFile(file.path, changed), place, rest, false);
}

function setKey(file: JsonFile, object: Node, key: string, wanted: EntryValues[string]): Edit[] {
  const present = propertyOf(file, object, key)?.children?.[1];
  return present === undefined
    ? insertProperty(file.text, object, key, wanted)
    : replaceValue(file.text, object, present, wanted);
}

/** @returns the new text, after a look at whether it says what the old one did, the entry apart */
function edited(file: JsonFile, place: EntryPlace, edits: Edit[] | string, entry: unknown): string {
  const after = typeof edits === 'string' ? edits : applyEdits(file.text, edits);
  const expected = getNodeValue(file.root) as JsonObject;
  const servers = { ...(expected[place.serversKey] as JsonObject | undefined) };
  if (entry === undefined) delete servers[place.name];
  else servers[place.name] = entry;
  const actual: unknown = getNodeValue(parseJsonFile(place.path, after).root);
  const isAsMeant = isDeepStrictEqual(plain(actual), plain({ ...expected, [place.serversKey]: servers }));
  if (!isAsMeant) throw editFailed(place.path);
  return after;
}

/** Without differences that no reader of the file sees, such as the prototype. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
