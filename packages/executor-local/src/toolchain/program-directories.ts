import { realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Laid into every sandbox anyway. */
const SYSTEM_DIRECTORIES = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
/** Package managers whose packages refer to one another: their whole store is needed. */
const STORES = ['/nix/store', '/gnu/store', '/home/linuxbrew/.linuxbrew', '/opt/homebrew'];

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

/** Whether a directory holds more of its user than one toolchain: the home directory, what is above it, and ~/.local. */
function isShared(directory: string): boolean {
  const home = os.homedir();
  return isInside(home, directory) || directory === path.join(home, '.local');
}

function isInside(file: string, directory: string): boolean {
  return file === directory || file.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}
