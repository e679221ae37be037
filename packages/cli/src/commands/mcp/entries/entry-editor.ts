/** Reads and changes the entries of servers in one client's file, as text. Nothing else of the text changes. */
export interface EntryEditor {
  /** The entry of this name; undefined where there is none. */
  readonly entry: unknown;
  /** How many keys of the way to the entry are there, its own name included. */
  readonly depth: number;
  /** The text with these keys of the entry set, whatever else it has kept; with `isWhole` it has no others. */
  withEntry(values: EntryValues, isWhole: boolean): Promise<string>;
  /**
   * The text without the entry.
   *
   * @param kept how many keys of the way to it stay, whatever is in them; those behind go where nothing else is there
   */
  withoutEntry(kept: number): string;
}

export type EntryValues = Readonly<Record<string, string | readonly string[]>>;

export interface EntryPlace {
  /** What errors name. */
  readonly path: string;
  readonly text: string;
  /** The keys under which the entries of all servers stand. */
  readonly serversPath: readonly string[];
  readonly name: string;
}
