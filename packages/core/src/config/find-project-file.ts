import { lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const PROJECT_FILE = 'cloche.toml';
/** Directories that are looked through at most, so that a deep tree costs nothing. */
const MAXIMUM_DEPTH = 64;

/**
 * The `cloche.toml` of the working directory or of the nearest directory above it. The way up ends at
 * the root of a repository, at the home directory, and before a directory of another user: nobody
 * else's directory is part of one's project. Null when there is none.
 */
export async function findProjectFile(
  workingDirectory: string,
  homeDirectory: string | null,
): Promise<string | null> {
  const home = homeDirectory === null || homeDirectory === '' ? null : resolve(homeDirectory);
  let directory = resolve(workingDirectory);
  for (let depth = 0; depth < MAXIMUM_DEPTH; depth += 1) {
    const file = join(directory, PROJECT_FILE);
    if (await exists(file)) return file;
    const parent = dirname(directory);
    if (parent === directory || directory === home || (await exists(join(directory, '.git')))) return null;
    if (!(await isOwn(parent))) return null;
    directory = parent;
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function isOwn(directory: string): Promise<boolean> {
  const user = process.getuid?.();
  return lstat(directory).then(
    (stats) => user === undefined || stats.uid === user,
    () => false,
  );
}
