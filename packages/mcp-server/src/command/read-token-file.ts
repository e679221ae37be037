import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import { isUsableToken } from '../http/authentication/is-usable-token.ts';
import type { CommandSurroundings } from './command-surroundings.ts';
import { invalidOption } from './invalid-option.ts';

/** More than any clients need, and nothing that a mistaken path could make us wait for. */
const MAXIMUM_BYTES = 64 * 1024;
const OTHERS_MAY_READ_OR_WRITE = 0o066;

/**
 * The tokens in a file: one a line, each a client of its own. Empty lines and lines that begin with # say nothing. No
 * error holds anything of a token.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` where it cannot be read, holds none, or a line is none
 */
export async function readTokenFile(
  name: string,
  surroundings: CommandSurroundings,
): Promise<readonly string[]> {
  const path = resolve(surroundings.workingDirectory, name);
  const tokens = parseTokens(path, await readPrivately(path, surroundings));
  if (tokens.length > 0) return tokens;
  throw unusable(path, { en: 'has no token in it', zh: '没有任何令牌' });
}

async function readPrivately(path: string, surroundings: CommandSurroundings): Promise<string> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path);
    const status = await handle.stat();
    if (!status.isFile() || status.size > MAXIMUM_BYTES) {
      throw unusable(path, { en: 'is not a file with tokens in it', zh: '不是存放令牌的文件' });
    }
    if (process.getuid !== undefined && (status.mode & OTHERS_MAY_READ_OR_WRITE) !== 0) {
      surroundings.messages.warning({
        en: `Other users of this machine can read or change the tokens in ${path}. Close it: chmod 600 '${path}'`,
        zh: `本机其他用户可以读取或更改 ${path} 中的令牌。请收回权限：chmod 600 '${path}'`,
      });
    }
    return await handle.readFile('utf8');
  } catch (error) {
    if (ClocheError.isInstance(error)) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw unusable(path, { en: `cannot be read: ${code}`, zh: `无法读取：${code}` }, error);
  } finally {
    await handle?.close();
  }
}

function parseTokens(path: string, text: string): readonly string[] {
  const lineOf = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const token = line.trim();
    if (token === '' || token.startsWith('#')) continue;
    const place = index + 1;
    if (!isUsableToken(token)) {
      throw unusable(path, {
        en: `has in line ${place} no token: one a line, at least 16 characters, none that a header cannot carry`,
        zh: `第 ${place} 行不是令牌：每行一个，至少 16 个字符，且请求头可以携带`,
      });
    }
    const first = lineOf.get(token);
    if (first !== undefined) {
      throw unusable(path, {
        en: `has the token of line ${first} again in line ${place}: two clients would be one`,
        zh: `第 ${place} 行与第 ${first} 行的令牌相同：两个客户端会被视为同一个`,
      });
    }
    lineOf.set(token, place);
  }
  return [...lineOf.keys()];
}

function unusable(path: string, problem: LocalizedText, cause?: unknown): Error {
  return invalidOption(
    { en: `The token file ${path} ${problem.en}.`, zh: `令牌文件 ${path} ${problem.zh}。` },
    {
      en: `Look at it: ls -l '${path}'. A token for one more client: openssl rand -hex 32 >> '${path}'`,
      zh: `请查看该文件：ls -l '${path}'。再添加一个令牌：openssl rand -hex 32 >> '${path}'`,
    },
    cause,
  );
}
