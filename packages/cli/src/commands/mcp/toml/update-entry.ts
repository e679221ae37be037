import type { EntryValues } from '../entries/entry-editor.ts';
import { indentOfLine, lineBreakOf } from '../entries/text-style.ts';
import { addEntry } from './add-entry.ts';
import { assignment, valueText } from './inline-value.ts';
import { insertMember } from './insert-member.ts';
import { writtenKey } from './toml-keys.ts';
import type { TomlEntry } from './toml-entry.ts';
import { tomlEntry } from './toml-entry.ts';

/** Sets these keys where the entry stands, however it is written there. */
export async function updateEntry(entry: TomlEntry, values: EntryValues): Promise<string> {
  let current = entry;
  // From the last one, since each that is missing comes first in its table.
  for (const [key, value] of Object.entries(values).toReversed()) {
    const text = setKey(current, key, value);
    current = await tomlEntry(text, entry.path);
  }
  return current.text;
}

function setKey(entry: TomlEntry, key: string, value: EntryValues[string]): string {
  const { text, path } = entry;
  const present = entry.values.get(key);
  if (present !== undefined) {
    return text.slice(0, present.valueStart) + valueText(value) + text.slice(present.end);
  }
  const table = entry.tables.find((candidate) => candidate.path.length === path.length);
  if (table !== undefined) return insertLine(text, table.header.lineEnd, assignment(key, value));
  const last = entry.pairs.at(-1);
  if (last === undefined) return addEntry(entry, { [key]: value });
  const { pair, isWhole } = last;
  if (isWhole && pair.inline !== null) return insertMember(text, pair.inline, assignment(key, value));
  const written = `${writtenKey([...path.slice(pair.above), key])} = ${valueText(value)}`;
  if (pair.table !== null) return insertMember(text, pair.table, written);
  const lineBreak = text.indexOf('\n', pair.end);
  const lineEnd = lineBreak < 0 ? text.length : lineBreak + 1;
  return insertLine(text, lineEnd, indentOfLine(text, pair.start) + written);
}

/** Behind the line that ends here, which may be the last one, without a break. */
function insertLine(text: string, lineEnd: number, line: string): string {
  const before = text.slice(0, lineEnd);
  const lineBreak = lineBreakOf(text);
  const inserted = before.endsWith('\n') ? line + lineBreak : lineBreak + line;
  return before + inserted + text.slice(lineEnd);
}
