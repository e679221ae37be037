/** Reads and changes the entries of servers in one client's file, as text. Nothing else of the text changes. */
export interface EntryEditor {
  /** The entry of this name; undefined where there is none. */
  readonly entry: unknown;
  /** The text with these keys of the entry set, whatever else it has kept; with `isWhole` it has no others. */
  withEntry(values: EntryValues, isWhole: boolean): string;
  /** The text without the entry. */
  withoutEntry(): string;
}

export type EntryValues = Readonly<Record<string, string | readonly string[]>>;

export interface EntryPlace {
  /** What errors name. */
  readonly path: string;
  readonly text: string;
  /** The key under which the entries of all servers stand. */
  readonly serversKey: string;
  readonly name: string;
}
