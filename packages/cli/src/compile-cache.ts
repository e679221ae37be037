import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache as enableCompileCacheAt } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { environment } from './environment.ts';

/**
 * Where Node.js keeps our compiled code. Its own default lies in the system's shared temporary directory,
 * where somebody else's entry would be run as ours.
 */
export function compileCacheDirectory(): string {
  const configured = environment['XDG_CACHE_HOME'];
  const base = configured !== undefined && isAbsolute(configured) ? configured : join(homedir(), '.cache');
  return join(base, 'cloche', 'compile-cache');
}

/** Without effect where the directory is not this user's alone: a slower start is better than a foreign entry. */
export function enableCompileCache(): void {
  try {
    const directory = compileCacheDirectory();
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (isPrivate(directory) && isPrivate(join(directory, '..'))) enableCompileCacheAt(directory);
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
