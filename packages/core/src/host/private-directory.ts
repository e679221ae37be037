import type { Stats } from 'node:fs';
import { chmod, lstat, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ClocheError } from '../executor/errors/cloche-error.ts';
import type { LocalizedText } from '../executor/localized-text.ts';

const PERMISSIONS = 0o777;
const OTHERS = 0o077;
const OTHERS_MAY_WRITE = 0o022;
const STICKY = 0o1000;

/**
 * Makes a directory, and what is missing above it, for this user alone; of one that is there it makes
 * sure. A symbolic link is followed where it and its goal belong to this user.
 *
 * @param directories from the outermost that must be private to the innermost, each below the one before
 * @returns the last of them
 * @throws ClocheError `ERR_CONFIG_INVALID` when one belongs to somebody else or cannot be made private
 */
export async function makePrivateDirectory(directories: readonly [string, ...string[]]): Promise<string> {
  for (const directory of directories) {
    try {
      await makeDirectories(directory);
      await checkPrivate(directory);
    } catch (error) {
      if (ClocheError.isInstance(error)) throw error;
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      throw notPrivate(
        directory,
        { en: `cannot be made or used (${code})`, zh: `无法创建或使用（${code}）` },
        error,
      );
    }
  }
  await checkParent(dirname(directories[0]));
  return directories.at(-1) ?? directories[0];
}

/** `mkdir` with `recursive` never ends where a directory says that what is to be made in it cannot be found, as /proc does. */
async function makeDirectories(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    const parent = dirname(directory);
    if (code !== 'ENOENT' || parent === directory || (await exists(parent))) throw error;
    await makeDirectories(parent);
    await makeDirectories(directory);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function checkPrivate(directory: string): Promise<void> {
  const link = await lstat(directory);
  const target = link.isSymbolicLink() ? await stat(directory) : link;
  if (!target.isDirectory()) throw notPrivate(directory, { en: 'is not a directory', zh: '不是目录' });
  const user = process.getuid?.();
  // Windows has neither owners in this sense nor modes: a user's profile is private by its own rules.
  if (user === undefined) return;
  if (link.uid !== user || target.uid !== user) {
    throw notPrivate(directory, { en: 'belongs to another user', zh: '属于其他用户' });
  }
  if ((target.mode & OTHERS) === 0) return;
  await chmod(directory, target.mode & PERMISSIONS & ~OTHERS);
  if (((await stat(directory)).mode & OTHERS) !== 0) {
    throw notPrivate(directory, {
      en: 'is open to other users, and cannot be closed',
      zh: '对其他用户开放，且无法收回权限',
    });
  }
}

/** Whoever may write to the directory above could put another directory in the place of ours. */
async function checkParent(parent: string): Promise<void> {
  const user = process.getuid?.();
  if (user === undefined) return;
  const stats: Stats = await stat(parent);
  const isTrusted = stats.uid === user || stats.uid === 0;
  const othersMayReplace = (stats.mode & OTHERS_MAY_WRITE) !== 0 && (stats.mode & STICKY) === 0;
  if (!isTrusted) throw notPrivate(parent, { en: 'belongs to another user', zh: '属于其他用户' });
  // A group of one's own, with its write permission, is the default on several systems.
  if (othersMayReplace && ((stats.mode & 0o002) !== 0 || stats.gid !== process.getgid?.())) {
    throw notPrivate(parent, { en: 'can be written by other users', zh: '其他用户可写' });
  }
}

function notPrivate(directory: string, problem: LocalizedText, cause?: unknown): ClocheError {
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `Cloche cannot keep its files in ${directory}: it ${problem.en}.`,
      zh: `Cloche 无法在 ${directory} 存放文件：该路径${problem.zh}。`,
    },
    hint: {
      en: 'Name a directory that is yours alone: export CLOCHE_HOME=/path/to/directory',
      zh: '请指定一个只属于您的目录：export CLOCHE_HOME=/path/to/directory',
    },
    cause,
  });
}
