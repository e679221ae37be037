import { readToml } from '@cloche/core';
import { endOfString, quoteAt } from './toml-statements.ts';

/** The parts of a key as it is written, `mcp_servers."a b".command`, read by the parser itself. */
export async function keysOf(written: string): Promise<string[]> {
  const keys: string[] = [];
  let value: unknown = await readToml('', `${written} = 0`);
  while (typeof value === 'object' && value !== null) {
    const [[key, inner] = ['', null]] = Object.entries(value);
    keys.push(key);
    value = inner;
  }
  return keys;
}

/** Of the `=` that ends the key which begins here. */
export function endOfKey(text: string, start: number): number {
  let position = start;
  while (position < text.length && text[position] !== '=') {
    const quote = quoteAt(text, position);
    position = quote === undefined ? position + 1 : endOfString(text, position, quote);
  }
  return position;
}

/** As it is written in a key, with quotes where it needs them. */
export function writtenKey(keys: readonly string[]): string {
  return keys.map((key) => (/^[\w-]+$/u.test(key) ? key : JSON.stringify(key))).join('.');
}
