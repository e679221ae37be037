import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ExecutorHost } from '@cloche/core/executor';
import { formatOwner } from '@cloche/core/executor';

const run = promisify(execFile);
const TRIES = 100;

/** The directory that holds one directory for each owner, and in it one for each execution under way. */
export function runsDirectory(host: ExecutorHost): Promise<string> {
  return host.privateDirectory('state', 'executor-local');
}

/** Where each host's owner has its directory, asked once: making sure of it costs more than a small program's start. */
const ownerDirectories = new WeakMap<ExecutorHost, Promise<string>>();

/** The name tells whose it is, so that it can be reaped. */
async function ownerDirectory(host: ExecutorHost): Promise<string> {
  const directory = path.join(await runsDirectory(host), formatOwner(host.owner));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return directory;
}

/**
 * Makes the private directory of one execution. Its few directories are made at once and not through the thread
 * pool, whose round trips would add up to more than the work.
 */
export async function createRunDirectory(host: ExecutorHost, executionId: string): Promise<string> {
  for (let triesLeft = TRIES; ; triesLeft -= 1) {
    const owner = ownerDirectories.get(host) ?? ownerDirectory(host);
    ownerDirectories.set(host, owner);
    try {
      const directory = path.join(await owner, executionId);
      mkdirSync(directory, { mode: 0o700 });
      return directory;
    } catch (error) {
      if (ownerDirectories.get(host) === owner) ownerDirectories.delete(host);
      // Another executor of this process gives the owner's directory back when it is disposed of.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || triesLeft === 0) throw error;
    }
  }
}

/** Gives the owner's directory back, unless another executor of this process still has something in it. */
export async function removeOwnerDirectory(host: ExecutorHost): Promise<void> {
  ownerDirectories.delete(host);
  const directory = path.join(await runsDirectory(host), formatOwner(host.owner));
  await rmdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error;
  });
}

/**
 * Removes a directory whatever a program did inside it: modes that forbid, and directories deeper than any
 * path can be long, which only tools that go down step by step can remove.
 */
export async function removeTree(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (process.platform === 'win32') throw error;
    await run('/bin/chmod', ['-R', 'u+rwx', directory]);
    await run('/bin/rm', ['-rf', directory]);
  }
}
