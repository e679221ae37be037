import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutorHost, Logger } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { systemCode } from '../log-defect.ts';

const KEY_BYTES = 32;
const FILE_NAME = 'token-key';

type KeyHost = Pick<ExecutorHost, 'privateDirectory' | 'logger'>;

/**
 * What this user's tokens are signed with. Kept, so that a page that is open comes back by itself when the server is
 * started again.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` where it cannot be kept
 */
export async function tokenKey(host: KeyHost): Promise<Buffer> {
  const file = join(await host.privateDirectory('state', 'playground'), FILE_NAME);
  const kept = await readKey(file, host.logger);
  if (kept !== null) return kept;
  try {
    return await makeKey(file);
  } catch (error) {
    throw cannotBeKept(file, error);
  }
}

/** Null where there is none, or none that can be used: pages that are open then have to be opened anew. */
async function readKey(file: string, logger: Logger): Promise<Buffer | null> {
  try {
    const handle = await open(file, 'r');
    try {
      const problem = problemOf(await handle.stat());
      if (problem === null) return await handle.readFile();
      logger.warn('the key of the playground is made anew', { reason: problem });
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOENT') logger.warn('the key of the playground is made anew', { reason: code });
  }
  return null;
}

/** Null where there is none. */
function problemOf(stats: Stats): string | null {
  const user = process.getuid?.();
  if (!stats.isFile()) return 'no file';
  if (stats.size !== KEY_BYTES) return 'wrong size';
  // Windows knows no modes; a profile directory is private there.
  const isPrivate = user === undefined || (stats.uid === user && (stats.mode & 0o077) === 0);
  return isPrivate ? null : 'open to others';
}

function cannotBeKept(file: string, cause: unknown): ClocheError {
  const code = systemCode(cause);
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The playground cannot keep its key in ${file} (${code}).`,
      zh: `Playground 无法将密钥保存到 ${file}（${code}）。`,
    },
    hint: {
      en: 'Remove what is there, or name another directory: export CLOCHE_HOME=/path/to/directory',
      zh: '请移除该处已有内容，或另指定目录：export CLOCHE_HOME=/path/to/directory',
    },
    cause,
  });
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
