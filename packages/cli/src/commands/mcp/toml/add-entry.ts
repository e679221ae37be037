import type { EntryValues } from '../entries/entry-editor.ts';
import { lineBreakOf } from '../entries/text-style.ts';
import { assignment, inlineValue } from './inline-value.ts';
import { insertMember } from './insert-member.ts';
import type { TomlEntry } from './toml-entry.ts';
import { writtenKey } from './toml-keys.ts';

/** Into the inline table of all servers where there is one, which takes no tables; otherwise at the end of the file. */
export function addEntry({ text, path, servers }: TomlEntry, values: EntryValues): string {
  if (servers !== null) {
    return insertMember(text, servers, `${writtenKey(path.slice(-1))} = ${inlineValue(values)}`);
  }
  const lineBreak = lineBreakOf(text);
  const block = [
    `[${writtenKey(path)}]`,
    ...Object.entries(values).map(([key, value]) => assignment(key, value)),
  ].join(lineBreak);
  if (text.trim() === '') return `${block}${lineBreak}`;
  const endsWithBreak = text.endsWith('\n');
  const before = endsWithBreak ? text : text + lineBreak;
  const isSeparated = /\n\r?\n$/u.test(before);
  return `${before}${isSeparated ? '' : lineBreak}${block}${endsWithBreak ? lineBreak : ''}`;
}
