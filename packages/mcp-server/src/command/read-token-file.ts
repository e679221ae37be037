import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandSurroundings } from './command-surroundings.ts';
import { invalidOption } from './invalid-option.ts';

/** More than any token needs, and nothing that a mistaken path could make us wait for. */
const MAXIMUM_BYTES = 8192;
const OTHERS_MAY_READ = 0o044;

/**
 * The token in a file, without the line break at its end. No error holds anything of it.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` where it cannot be read
 */
export async function readTokenFile(name: string, surroundings: CommandSurroundings): Promise<string> {
  const path = resolve(surroundings.workingDirectory, name);
  let handle: FileHandle | null = null;
  try {
    handle = await open(path);
    const status = await handle.stat();
    if (!status.isFile() || status.size > MAXIMUM_BYTES) {
      throw unreadable(path, { en: 'it is not a file with one token in it', zh: '它不是只含一个令牌的文件' });
    }
    if (process.getuid !== undefined && (status.mode & OTHERS_MAY_READ) !== 0) {
      surroundings.messages.warning({
        en: `Other users of this machine can read the token in ${path}. Close it: chmod 600 '${path}'`,
        zh: `本机其他用户可以读取 ${path} 中的令牌。请收回权限：chmod 600 '${path}'`,
      });
    }
    return (await handle.readFile('utf8')).trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('ERR_REQUEST')) throw error;
    throw unreadable(path, { en: code, zh: code }, error);
  } finally {
    await handle?.close();
  }
}

function unreadable(
  path: string,
  reason: { readonly en: string; readonly zh: string },
  cause?: unknown,
): Error {
  return invalidOption(
    {
      en: `The token file ${path} cannot be read: ${reason.en}.`,
      zh: `无法读取令牌文件 ${path}：${reason.zh}。`,
    },
    { en: `Look at it: ls -l '${path}'`, zh: `请查看该文件：ls -l '${path}'` },
    cause,
  );
}
