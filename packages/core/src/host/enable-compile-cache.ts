import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache as enableCompileCacheAt } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { baseDirectories } from './base-directories.ts';

/**
 * Has Node.js keep the compiled code of this process in a directory of this user. Its own default lies in the
 * system's shared temporary directory, where somebody else's entry would be run as ours. Without effect where the
 * directory is not this user's alone: a slower start is better than a foreign entry.
 */
export function enableCompileCache(environment: Readonly<Record<string, string | undefined>>): void {
  try {
    const input = { environment, platform: process.platform, homeDirectory: homedir() };
    const directory = join(baseDirectories(input).cache, 'compile-cache');
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (isPrivate(directory) && isPrivate(dirname(directory))) enableCompileCacheAt(directory);
  } catch {
    // A read-only or missing home directory: nothing to be fast with, and nothing that a person must know.
  }
}

function isPrivate(directory: string): boolean {
  const status = lstatSync(directory);
  if (!status.isDirectory()) return false;
  // Windows knows no modes; a profile directory is private there.
  if (process.getuid === undefined) return true;
  return status.uid === process.getuid() && (status.mode & 0o077) === 0;
}
