import type { InlineTable, TomlPair, TomlTable } from './toml-pairs.ts';
import { tomlOutline } from './toml-pairs.ts';

/** Where in a text an entry stands, however it is written. */
export interface TomlEntry {
  readonly text: string;
  /** The keys of the entry. */
  readonly path: readonly string[];
  /** Its tables with headers of their own, those below it too. */
  readonly tables: readonly TomlTable[];
  /** What is said of it outside of them: `mcp_servers.cloche.command = …`, or `cloche = { … }`. */
  readonly pairs: readonly EntryPair[];
  /** What is said of each key of the entry, wherever. */
  readonly values: ReadonlyMap<string, TomlPair>;
  /** The inline table in which the entries of all servers stand, where they do. */
  readonly servers: InlineTable | null;
}

export interface EntryPair {
  readonly pair: TomlPair;
  /** Whether its value is the whole entry. */
  readonly isWhole: boolean;
}

export async function tomlEntry(text: string, path: readonly string[]): Promise<TomlEntry> {
  const { tables, pairs } = await tomlOutline(text);
  const isBelow = (other: readonly string[]): boolean => path.every((key, index) => other[index] === key);
  const servers = pairs.find((pair) => pair.inline !== null && isSame(pair.path, path.slice(0, -1)));
  return {
    text,
    path,
    tables: tables.filter((table) => isBelow(table.path)),
    pairs: pairs
      // Neither those of its own tables, nor the members of its own values.
      .filter((pair) => isBelow(pair.path) && pair.above < path.length)
      .map((pair) => ({ pair, isWhole: pair.path.length === path.length })),
    values: new Map(
      pairs
        .filter((pair) => isSame(pair.path.slice(0, -1), path))
        .map((pair) => [pair.path.at(-1) ?? '', pair]),
    ),
    servers: servers?.inline ?? null,
  };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}
