import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutorHost } from '@cloche/core/executor';

const KEY_BYTES = 32;
const FILE_NAME = 'token-key';

/**
 * What this user's tokens are signed with. Kept, so that a page that is open comes back by itself when the server is
 * started again.
 */
export async function tokenKey(host: Pick<ExecutorHost, 'privateDirectory'>): Promise<Buffer> {
  const file = join(await host.privateDirectory('state', 'playground'), FILE_NAME);
  return (await readKey(file)) ?? makeKey(file);
}

/** Null where there is none, or none that was kept private. */
async function readKey(file: string): Promise<Buffer | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const stats = await handle.stat();
    const user = process.getuid?.();
    const isPrivate = user === undefined || (stats.uid === user && (stats.mode & 0o077) === 0);
    if (!stats.isFile() || stats.size !== KEY_BYTES || !isPrivate) return null;
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function makeKey(file: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(key);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  // Of two servers that begin at one moment the later one's key stays; both use it from their next start on.
  return key;
}
