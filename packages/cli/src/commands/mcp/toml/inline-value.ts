import type { EntryValues } from '../entries/entry-editor.ts';

/** `{ command = "npx", args = ["-y"] }` */
export function inlineValue(values: EntryValues): string {
  const members = Object.entries(values).map(([key, value]) => assignment(key, value));
  return `{ ${members.join(', ')} }`;
}

export function assignment(key: string, value: EntryValues[string]): string {
  return `${key} = ${valueText(value)}`;
}

/** Every string of JSON is one of TOML, and so is every list of them. */
export function valueText(value: EntryValues[string]): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : `[${value.map((word) => JSON.stringify(word)).join(', ')}]`;
}
