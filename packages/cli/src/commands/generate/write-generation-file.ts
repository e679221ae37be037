import { randomBytes } from 'node:crypto';
import { link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ClocheError } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import { alreadyThere } from './already-there.ts';
import type { GenerationFile } from './generation-file.ts';

const NEW_FILE_MODE = 0o666;

/**
 * Puts the program there, whole or not at all.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` where a file has come there meanwhile, `ERR_INTERNAL` where it cannot be
 *   written
 */
export async function writeGenerationFile(file: GenerationFile, code: string): Promise<void> {
  const { name, mayReplace } = file;
  const old = mayReplace ? await stat(name).catch(() => null) : null;
  // Through a link, as a shell writes.
  const target = old === null ? path.resolve(name) : await realpath(name);
  const temporary = path.join(path.dirname(target), `.cloche-${randomBytes(8).toString('hex')}`);
  try {
    const handle = await open(temporary, 'wx', NEW_FILE_MODE);
    try {
      await handle.writeFile(code);
      // Not at the opening, where the process's mask would take something away.
      if (old !== null) await handle.chmod(old.mode & 0o777);
    } finally {
      await handle.close();
    }
    if (mayReplace) await rename(temporary, target);
    else await moveToFreeName(temporary, target, code);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw alreadyThere(name);
    throw notWritten(name, error);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Unlike a renamed file, a link replaces nothing. */
async function moveToFreeName(temporary: string, target: string, code: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    // Not every file system has links.
    const handle = await open(target, 'wx', NEW_FILE_MODE);
    try {
      await handle.writeFile(code);
    } finally {
      await handle.close();
    }
  }
}

function notWritten(name: string, cause: unknown): ClocheError {
  const reason = codeOf(cause) ?? String(cause);
  return new ClocheError({
    code: 'ERR_INTERNAL',
    message: {
      en: `The program could not be written to ${printable(name)}: ${reason}.`,
      zh: `无法将程序写入 ${printable(name)}：${reason}。`,
    },
    hint: { en: 'The whole program is above.', zh: '完整程序见上文。' },
    cause,
  });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}
