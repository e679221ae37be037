/** The systems whose places are known. */
export const CLIENT_PLATFORMS = ['linux', 'darwin', 'win32'] as const;
export type ClientPlatform = (typeof CLIENT_PLATFORMS)[number];

export const CLIENT_SCOPES = ['user', 'project', 'local'] as const;
export type ClientScope = (typeof CLIENT_SCOPES)[number];

/** A path on each system: `~` is the home directory, `${NAME:-~/else}` a variable that holds an absolute path. */
export type ClientPlace = Readonly<Partial<Record<ClientPlatform, string>>>;

/** How one AI client is told of a server: all as data. */
export interface ClientDefinition {
  /** `claude-code` */
  readonly name: string;
  readonly displayName: string;
  readonly format: 'json' | 'toml';
  /** The key of the file under which the entries of all servers stand. */
  readonly serversKey: string;
  /** What an entry has beside `command` and `args`. */
  readonly extra: Readonly<Record<string, string>>;
  /** The file for all of a user's projects: the first whose directory is there, or the last. */
  readonly userFiles: readonly ClientPlace[];
  /** The file of one project, from its directory; null where the client has none. */
  readonly projectFile: string | null;
  /**
   * The key of the user's file under which, by its directory, stands what a user alone has for one project; null where
   * the client knows no such thing.
   */
  readonly localKey: string | null;
  /** One of these is there where the client is installed, or has been used. */
  readonly traces: readonly ClientPlace[];
}
