import { posix, win32 } from 'node:path';
import { ClocheError } from '../executor/errors/cloche-error.ts';

/** Cloche's own directories of this user. None of them need exist. */
export interface BaseDirectories {
  /** May be deleted at any time. */
  readonly cache: string;
  /** Records of what must be cleaned up after a crash. */
  readonly state: string;
  /** `config.toml`. */
  readonly config: string;
  /** Added executors. */
  readonly data: string;
}

export interface BaseDirectoryInput {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Null or empty: the user has none. */
  readonly homeDirectory: string | null;
}

/** Below the home directory, by the custom of each system. */
const CUSTOMS = {
  xdg: {
    cache: ['XDG_CACHE_HOME', '.cache', 'cloche'],
    state: ['XDG_STATE_HOME', '.local/state', 'cloche'],
    config: ['XDG_CONFIG_HOME', '.config', 'cloche'],
    data: ['XDG_DATA_HOME', '.local/share', 'cloche'],
  },
  darwin: {
    cache: ['XDG_CACHE_HOME', 'Library/Caches', 'cloche'],
    state: ['XDG_STATE_HOME', 'Library/Application Support', 'cloche/state'],
    // Where people look for the configuration of a command, on this system as well.
    config: ['XDG_CONFIG_HOME', '.config', 'cloche'],
    data: ['XDG_DATA_HOME', 'Library/Application Support', 'cloche/data'],
  },
  win32: {
    cache: ['LOCALAPPDATA', 'AppData/Local', 'cloche/cache'],
    state: ['LOCALAPPDATA', 'AppData/Local', 'cloche/state'],
    config: ['APPDATA', 'AppData/Roaming', 'cloche'],
    data: ['LOCALAPPDATA', 'AppData/Local', 'cloche/data'],
  },
} as const;

/**
 * `CLOCHE_HOME` puts all four below one directory; else each system's own variables and customs hold.
 * A variable with a relative path is passed over, as the XDG specification has it.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` when there is no home directory, or CLOCHE_HOME is relative
 */
export function baseDirectory(kind: keyof BaseDirectories, input: BaseDirectoryInput): string {
  const path = input.platform === 'win32' ? win32 : posix;
  const own = input.environment['CLOCHE_HOME'];
  if (own !== undefined && own !== '') {
    if (path.isAbsolute(own)) return path.join(own, kind);
    throw noPlace({
      en: `CLOCHE_HOME is ${JSON.stringify(own)}, which is relative.`,
      zh: `CLOCHE_HOME 是相对路径 ${JSON.stringify(own)}。`,
    });
  }
  const customs =
    input.platform === 'win32' || input.platform === 'darwin' ? CUSTOMS[input.platform] : CUSTOMS.xdg;
  const [variable, belowHome, name] = customs[kind];
  const base = input.environment[variable];
  if (base !== undefined && path.isAbsolute(base)) return path.join(base, name);
  if (input.homeDirectory !== null && path.isAbsolute(input.homeDirectory)) {
    return path.join(input.homeDirectory, belowHome, name);
  }
  throw noPlace({
    en: 'This user has no home directory: HOME is not set.',
    zh: '当前用户没有主目录：未设置 HOME。',
  });
}

/**
 * The same, and null for a user without a home directory, for what may well not be there.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` when CLOCHE_HOME is relative
 */
export function baseDirectoryIfAny(kind: keyof BaseDirectories, input: BaseDirectoryInput): string | null {
  try {
    return baseDirectory(kind, input);
  } catch (error) {
    if ((input.environment['CLOCHE_HOME'] ?? '') === '') return null;
    throw error;
  }
}

/** All four of {@link baseDirectory}. */
export function baseDirectories(input: BaseDirectoryInput): BaseDirectories {
  return {
    cache: baseDirectory('cache', input),
    state: baseDirectory('state', input),
    config: baseDirectory('config', input),
    data: baseDirectory('data', input),
  };
}

function noPlace(message: { readonly en: string; readonly zh: string }): ClocheError {
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message,
    hint: {
      en: 'Name a directory that Cloche may keep its files in: export CLOCHE_HOME=/path/to/directory',
      zh: '请指定 Cloche 存放文件的目录：export CLOCHE_HOME=/path/to/directory',
    },
  });
}
