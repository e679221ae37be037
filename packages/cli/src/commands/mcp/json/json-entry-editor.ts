import { isDeepStrictEqual } from 'node:util';
import type { Edit, Node } from 'jsonc-parser';
import { applyEdits, getNodeValue } from 'jsonc-parser';
import type { EntryEditor, EntryPlace, EntryValues } from '../entries/entry-editor.ts';
import { editFailed } from '../entries/entry-errors.ts';
import { insertProperty, replaceValue } from './insert-property.ts';
import { readTrivia } from './json-trivia.ts';
import type { JsonFile } from './parse-json-file.ts';
import { checkObject, parseJsonFile, propertyOf } from './parse-json-file.ts';
import { removeProperty } from './remove-property.ts';
import { valueWith, valueWithout } from './value-at.ts';

/**
 * Entries of a file in JSON, with comments or without.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` with file, line and column
 */
export function jsonEntryEditor(place: EntryPlace): EntryEditor {
  const file = parseJsonFile(place.path, place.text);
  const keys = [...place.serversPath, place.name];
  const properties = locate(file, keys);
  const value = properties[keys.length - 1]?.children?.[1];
  const entry: unknown = value === undefined ? undefined : getNodeValue(value);
  const root: unknown = getNodeValue(file.root);
  return {
    entry,
    depth: properties.length,
    withEntry: (values, isWhole) => {
      const kept = isWhole || typeof entry !== 'object' ? {} : entry;
      const meant = valueWith(root, keys, { ...kept, ...values });
      const after = setEntry(file, keys, values, isWhole);
      return Promise.resolve(checked(place, after, meant, JSON.stringify(values)));
    },
    withoutEntry: (kept) => {
      if (entry === undefined) return file.text;
      const highest = highestOfItsOwn(file, properties, kept);
      const [object, property] = [objectAt(file, properties, highest), properties[highest]];
      if (property === undefined) return file.text;
      const after = applyEdits(file.text, removeProperty(file.text, object, property));
      return checked(place, after, valueWithout(root, keys.slice(0, highest + 1)), null);
    },
  };
}

/** The properties on the way to the entry, as far as they are there. */
function locate(file: JsonFile, keys: readonly string[]): readonly Node[] {
  const properties: Node[] = [];
  for (const [index, key] of keys.entries()) {
    const object = objectAt(file, properties, index);
    if (index > 0) checkObject(file, object, keys[index - 1] ?? '');
    const property = propertyOf(file, object, key);
    if (property === undefined) break;
    properties.push(property);
  }
  return properties;
}

/** In which the key of this index stands. */
function objectAt(file: JsonFile, properties: readonly Node[], index: number): Node {
  return (index === 0 ? undefined : properties[index - 1]?.children?.[1]) ?? file.root;
}

/** The index of the first key on the way that has nothing in it but the way to the entry, no comment either. */
function highestOfItsOwn(file: JsonFile, properties: readonly Node[], kept: number): number {
  let highest = properties.length - 1;
  while (highest > kept && isAloneIn(file.text, objectAt(file, properties, highest))) highest -= 1;
  return highest;
}

function isAloneIn(text: string, object: Node): boolean {
  const [only, ...others] = object.children ?? [];
  if (only === undefined || others.length > 0) return false;
  const start = object.offset + 1;
  const end = only.offset + only.length;
  const behind = readTrivia(text, end, object.offset + object.length - 1);
  const isWithoutComments = behind.end === end || behind.end - 1 === behind.commaOffset;
  return readTrivia(text, start, only.offset).end === start && isWithoutComments;
}

function setEntry(file: JsonFile, keys: readonly string[], values: EntryValues, isWhole: boolean): string {
  const { text } = file;
  const properties = locate(file, keys);
  const object = objectAt(file, properties, properties.length);
  const [missing, ...below] = keys.slice(properties.length);
  if (missing !== undefined) {
    let content: unknown = values;
    for (const key of below.toReversed()) content = { [key]: content };
    return applyEdits(text, insertProperty(text, object, missing, content));
  }
  if (isWhole || object.type !== 'object') {
    return applyEdits(text, replaceValue(text, objectAt(file, properties, keys.length - 1), object, values));
  }
  // One after the other, so that two that are missing do not meet in one place.
  const [first, ...others] = Object.entries(values).filter(([key, wanted]) => {
    const present = propertyOf(file, object, key)?.children?.[1];
    return present === undefined || !isDeepStrictEqual(getNodeValue(present), wanted);
  });
  if (first === undefined) return text;
  const changed = applyEdits(text, setKey(file, object, first[0], first[1]));
  const rest = Object.fromEntries(others);
  return others.length === 0 ? changed : setEntry(parseJsonFile(file.path, changed), keys, rest, false);
}

function setKey(file: JsonFile, object: Node, key: string, wanted: EntryValues[string]): Edit[] {
  const present = propertyOf(file, object, key)?.children?.[1];
  return present === undefined
    ? insertProperty(file.text, object, key, wanted)
    : replaceValue(file.text, object, present, wanted);
}

/** @returns the new text, after a look at whether it says what is meant */
function checked(place: EntryPlace, after: string, meant: unknown, content: string | null): string {
  const actual: unknown = getNodeValue(parseJsonFile(place.path, after).root);
  if (!isDeepStrictEqual(plain(actual), plain(meant))) throw editFailed(place, content);
  return after;
}

/** Without differences that no reader of the file sees, such as the prototype. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
