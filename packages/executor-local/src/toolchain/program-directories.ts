import { realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Laid into every sandbox anyway. */
const SYSTEM_DIRECTORIES = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
/** Package managers whose packages refer to one another: their whole store is needed. */
const STORES = ['/nix/store', '/gnu/store', '/home/linuxbrew/.linuxbrew', '/opt/homebrew'];
/** Where home directories lie, of this user and of others. */
const HOME_PARENTS = ['/home', '/Users'];
const SHARED_DIRECTORIES = new Set([
  '/',
  '/opt',
  '/srv',
  '/etc',
  '/mnt',
  '/media',
  '/run',
  '/tmp',
  '/var',
  '/root',
  ...HOME_PARENTS,
]);
/** Directories of a home directory in which all kinds of programs keep what is theirs. */
const COMMON_DIRECTORIES = ['.local', '.local/share', '.local/lib', '.config', '.cache', 'Library'];

/**
 * The directories that a program outside the system's own needs to run: its installation, and for a
 * virtual environment the installation of the interpreter it was made from as well.
 */
export async function programDirectories(file: string): Promise<string[]> {
  const files = new Set([file, await realpath(file)]);
  return [...new Set([...files].map(installationOf).filter((directory) => directory !== null))];
}

function installationOf(file: string): string | null {
  if (SYSTEM_DIRECTORIES.some((directory) => isInside(file, directory))) return null;
  const store = STORES.find((directory) => isInside(file, directory));
  if (store !== undefined) return store;
  const directory = path.dirname(file);
  const installation = path.basename(directory) === 'bin' ? path.dirname(directory) : directory;
  // A program that lies in ~/bin or ~/.local/bin must not lay open what else lies there.
  return [installation, directory, file].find((candidate) => !isShared(candidate)) ?? null;
}

/**
 * Whether a directory holds more than one toolchain: a home directory, what is above it, those in it that
 * every program writes to, and directories of the system such as /opt.
 */
function isShared(directory: string): boolean {
  const parent = path.dirname(directory);
  if (SHARED_DIRECTORIES.has(directory) || HOME_PARENTS.includes(parent)) return true;
  const homes = [os.homedir(), ...(HOME_PARENTS.includes(path.dirname(parent)) ? [parent] : [])];
  return homes.some(
    (home) =>
      isInside(home, directory) || COMMON_DIRECTORIES.some((name) => directory === path.join(home, name)),
  );
}

function isInside(file: string, directory: string): boolean {
  return file === directory || file.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}
