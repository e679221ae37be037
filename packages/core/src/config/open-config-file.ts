import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { invalidConfig } from './invalid-config.ts';

/** A configuration is a page of text. */
const MAXIMUM_BYTES = 1024 * 1024;

export interface ReadFile {
  readonly text: string;
  /** Whether the file belongs to the user of this process; true on Windows, which has no such owners. */
  readonly isOwn: boolean;
  /** Whether other users may read it. */
  readonly isOpenToOthers: boolean;
}

/**
 * Null when there is no such file.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` when there is something that cannot be read as a file
 */
export async function openConfigFile(path: string): Promise<ReadFile | null> {
  let handle: FileHandle | null = null;
  try {
    // A named pipe would make this wait for its writer.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) throw unreadable(path, { en: 'it is not a file', zh: '它不是文件' });
    if (stats.size > MAXIMUM_BYTES) {
      throw unreadable(path, {
        en: `it is larger than ${MAXIMUM_BYTES} bytes`,
        zh: `它大于 ${MAXIMUM_BYTES} 字节`,
      });
    }
    const user = process.getuid?.();
    const bytes = await handle.readFile();
    return {
      text: decode(path, bytes),
      isOwn: user === undefined || stats.uid === user,
      isOpenToOthers: user !== undefined && (stats.mode & 0o044) !== 0,
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code.startsWith('ERR_CONFIG')) throw error;
    throw unreadable(path, { en: code, zh: code }, error);
  } finally {
    await handle?.close();
  }
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(path, { en: 'it is not UTF-8', zh: '它不是 UTF-8 编码' }, error);
  }
}

function unreadable(
  path: string,
  reason: { readonly en: string; readonly zh: string },
  cause?: unknown,
): Error {
  return invalidConfig(
    { source: path, key: null },
    { en: `The file cannot be read: ${reason.en}.`, zh: `无法读取该文件：${reason.zh}。` },
    { en: `Look at it: ls -l '${path}'`, zh: `请查看该文件：ls -l '${path}'` },
    cause,
  );
}
