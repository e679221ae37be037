import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import { invalidFile } from '../entries/entry-errors.ts';
import { BYTE_ORDER_MARK } from '../entries/text-style.ts';

/** Claude Code keeps whole histories in the file of its servers. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

/** A client's file as it is now. */
export interface ClientFile {
  /** As the client names it. */
  readonly path: string;
  /** Where it really is: a link is followed, and stays. */
  readonly realPath: string;
  /** Without the byte order mark. */
  readonly text: string;
  readonly byteOrderMark: '' | typeof BYTE_ORDER_MARK;
  /** Null where there is no such file yet. */
  readonly mode: number | null;
}

/**
 * Reads the file of a client; of one that is not there the text is empty.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` where it is another user's, or no file, or not UTF-8
 */
export async function readClientFile(name: string): Promise<ClientFile> {
  let handle: FileHandle | null = null;
  try {
    const realPath = await realpath(name);
    // A named pipe would make this wait for its writer.
    handle = await open(realPath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = await handle.stat();
    if (!status.isFile()) throw unusable(name, { en: 'it is not a file', zh: '它不是文件' });
    if (isOfAnotherUser(status.uid)) {
      throw unusable(name, { en: 'it belongs to another user', zh: '它属于其他用户' });
    }
    if (status.size > MAXIMUM_BYTES) throw unusable(name, { en: 'it is too large', zh: '它太大' });
    const whole = decode(name, await handle.readFile());
    const byteOrderMark = whole.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
    const text = whole.slice(byteOrderMark.length);
    return { path: name, realPath, text, byteOrderMark, mode: status.mode & 0o7777 };
  } catch (error) {
    if (ClocheError.isInstance(error)) throw error;
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw unusable(name, { en: code, zh: code }, error);
    return absentFile(name);
  } finally {
    await handle?.close();
  }
}

async function absentFile(name: string): Promise<ClientFile> {
  const link = await lstat(name).catch(() => null);
  if (link !== null) throw unusable(name, { en: 'it is a link to nothing', zh: '它是失效的链接' });
  const directory = await nearestDirectory(path.dirname(name));
  if (isOfAnotherUser((await lstat(directory)).uid)) {
    throw unusable(name, { en: `${directory} belongs to another user`, zh: `${directory} 属于其他用户` });
  }
  return { path: name, realPath: name, text: '', byteOrderMark: '', mode: null };
}

/** The one that is there, of all in which a file would be. */
async function nearestDirectory(directory: string): Promise<string> {
  const found = await realpath(directory).catch(() => null);
  return found ?? nearestDirectory(path.dirname(directory));
}

/** Windows knows no such owners. */
function isOfAnotherUser(owner: number): boolean {
  const user = process.getuid?.();
  return user !== undefined && owner !== user;
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw unusable(name, { en: 'it is not UTF-8', zh: '它不是 UTF-8 编码' }, error);
  }
}

function unusable(name: string, reason: LocalizedText, cause?: unknown): Error {
  return invalidFile(
    name,
    {
      en: `The file is not used: ${reason.en}. It was left as it is.`,
      zh: `无法使用该文件：${reason.zh}。文件未被修改。`,
    },
    { en: `Look at it: ls -l '${name}'`, zh: `请查看该文件：ls -l '${name}'` },
    cause,
  );
}
