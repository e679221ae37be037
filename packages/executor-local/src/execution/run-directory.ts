import { chmod, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutorHost } from '@cloche/core/executor';
import { formatOwner } from '@cloche/core/executor';

/** The directory that holds one directory for each owner, and in it one for each execution under way. */
export function runsDirectory(host: ExecutorHost): Promise<string> {
  return host.privateDirectory('state', 'executor-local');
}

/** The name tells whose it is, so that it can be reaped. */
async function ownerDirectory(host: ExecutorHost): Promise<string> {
  const directory = path.join(await runsDirectory(host), formatOwner(host.owner));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return directory;
}

/** Makes the private directory of one execution. */
export async function createRunDirectory(host: ExecutorHost, executionId: string): Promise<string> {
  const directory = path.join(await ownerDirectory(host), executionId);
  await mkdir(directory, { mode: 0o700 });
  return directory;
}

/** Gives the owner's directory back, unless another executor of this process still has something in it. */
export async function removeOwnerDirectory(host: ExecutorHost): Promise<void> {
  const directory = path.join(await runsDirectory(host), formatOwner(host.owner));
  await rmdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error;
  });
}

/** Removes a directory whatever a program did to the modes inside it. */
export async function removeTree(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    await openUp(directory);
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function openUp(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await openUp(path.join(directory, entry.name));
  }
}
