import type { Stats } from 'node:fs';
import { access, constants, open, stat } from 'node:fs/promises';
import type { ClocheError, LocalizedText } from '@cloche/core/executor';
import { formatBytes } from '../../output/format-quantity.ts';
import { printable } from '../../output/printable.ts';
import { invalidRequest } from './invalid-request.ts';

interface InputFile {
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
}

const REASONS: Readonly<Record<string, LocalizedText>> = {
  ENOENT: { en: 'it does not exist', zh: '文件不存在' },
  ENOTDIR: { en: 'a part of its path is not a directory', zh: '路径中有一部分不是目录' },
  EACCES: { en: 'this user may not read it', zh: '当前用户没有读取权限' },
  EPERM: { en: 'this user may not read it', zh: '当前用户没有读取权限' },
  EISDIR: { en: 'it is a directory', zh: '它是目录' },
  ELOOP: { en: 'its symbolic links go in a circle', zh: '符号链接形成了循环' },
  ENAMETOOLONG: { en: 'its name is too long', zh: '名称过长' },
};

/** The way out depends on what the file was for. */
export interface ReadHints {
  readonly directory: LocalizedText;
  readonly tooLarge: LocalizedText;
}

const RUN_HINTS: ReadHints = {
  directory: {
    en: 'Name the program in it, and give the rest with --file: cloche run DIR/main.py --file DIR',
    zh: '请指定其中的程序，其余文件用 --file 传入：cloche run DIR/main.py --file DIR',
  },
  tooLarge: {
    en: 'Give large data through standard input, which has no limit, or raise the limit with --input-bytes 256MiB.',
    zh: '大量数据请通过标准输入传入（没有大小限制），或用 --input-bytes 256MiB 提高上限。',
  },
};
const LOOK_AT_SPELLING: LocalizedText = {
  en: 'Look at the spelling, or list the files here: ls',
  zh: '请检查拼写，或列出此处的文件：ls',
};

/**
 * Reads one file whole: a regular file, a named pipe or a process substitution.
 *
 * @param limitBytes read no more than this, so that an endless file ends in an error
 * @throws ClocheError `ERR_REQUEST_INVALID` with the reason
 */
export async function readInputFile(
  path: string,
  limitBytes: number,
  hints: ReadHints = RUN_HINTS,
): Promise<InputFile> {
  let handle;
  try {
    handle = await open(path, 'r');
    const status = await handle.stat();
    refuseDirectory(status);
    if (status.isFile() && status.size > limitBytes) throw tooLarge(path, limitBytes, hints);
    const content = await readAtMost(handle.createReadStream({ autoClose: false }), path, limitBytes, hints);
    return { content, isExecutable: (status.mode & 0o100) !== 0 };
  } catch (error) {
    throw asReadError(error, path, hints);
  } finally {
    await handle?.close();
  }
}

/** @throws ClocheError `ERR_REQUEST_INVALID` for what {@link readInputFile} could not read either */
export async function checkReadable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
    refuseDirectory(await stat(path));
  } catch (error) {
    throw asReadError(error, path);
  }
}

function refuseDirectory(status: Stats): void {
  if (status.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
}

/** @throws ClocheError `ERR_REQUEST_INVALID` where there is more than `limitBytes` */
export async function readAtMost(
  stream: AsyncIterable<Uint8Array>,
  name: string,
  limitBytes: number,
  hints: ReadHints = RUN_HINTS,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > limitBytes) throw tooLarge(name, limitBytes, hints);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string, limitBytes: number, hints: ReadHints): ClocheError {
  const size = formatBytes(limitBytes);
  return invalidRequest(
    {
      en: `${printable(name)} is larger than the limit of ${size} for input.`,
      zh: `${printable(name)} 超过输入上限 ${size}。`,
    },
    hints.tooLarge,
  );
}

export function asReadError(error: unknown, path: string, hints: ReadHints = RUN_HINTS): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code];
  if (reason === undefined) {
    // Errors of our own say everything already; the rest of the system's are told by their code.
    if (code === '' || code.startsWith('ERR_')) return error;
    return invalidRequest(
      { en: `Cannot read ${printable(path)}: ${code}.`, zh: `无法读取 ${printable(path)}：${code}。` },
      null,
      error,
    );
  }
  return invalidRequest(
    {
      en: `Cannot read ${printable(path)}: ${reason.en}.`,
      zh: `无法读取 ${printable(path)}：${reason.zh}。`,
    },
    hintOf(code, hints),
    error,
  );
}

function hintOf(code: string, { directory }: ReadHints): LocalizedText | null {
  if (code === 'EISDIR') return directory;
  return code === 'ENOENT' ? LOOK_AT_SPELLING : null;
}
