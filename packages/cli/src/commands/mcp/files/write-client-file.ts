import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { copyFile, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import path from 'node:path';
import { invalidFile } from '../entries/entry-errors.ts';
import { BACKUP_SUFFIX } from './backup-name.ts';
import type { ClientFile } from './read-client-file.ts';
import { readClientFile } from './read-client-file.ts';

const MAXIMUM_BACKUPS = 10_000;
/** Such files often hold keys, so a new one is the user's alone. */
const NEW_FILE_MODE = 0o600;
const OWNER_MAY_WRITE = 0o200;

/**
 * Puts a text in the place of a client's file, whole or not at all. Mode and links stay as they are.
 *
 * @returns where the old one is kept; null where there was none
 * @throws ClocheError `ERR_CONFIG_INVALID` where somebody has changed the file since it was read
 */
export async function writeClientFile(file: ClientFile, text: string): Promise<string | null> {
  const { realPath, mode } = file;
  checkWritable(file);
  const directory = path.dirname(realPath);
  await mkdir(directory, { recursive: true });
  const temporary = path.join(
    directory,
    `.${path.basename(realPath)}.${randomBytes(6).toString('hex')}.cloche`,
  );
  try {
    await writeWhole(temporary, file.byteOrderMark + text, mode ?? NEW_FILE_MODE);
    const backup = mode === null ? null : await keepBackup(realPath);
    await checkUnchanged(file);
    await rename(temporary, realPath);
    return backup;
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Takes a file away that was made for one entry alone.
 *
 * @returns where the old one is kept; null where there was none
 * @throws ClocheError `ERR_CONFIG_INVALID` where somebody has changed the file since it was read
 */
export async function removeClientFile(file: ClientFile): Promise<string | null> {
  checkWritable(file);
  // A link stays, and one to nothing would be of no use to anybody.
  if ((await lstat(file.path)).isSymbolicLink()) return writeClientFile(file, '');
  const backup = await keepBackup(file.realPath);
  await checkUnchanged(file);
  await rm(file.realPath);
  return backup;
}

async function writeWhole(name: string, text: string, mode: number): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(name, 'wx', NEW_FILE_MODE);
    await handle.writeFile(text);
    // Not at the opening, where the process's mask would take something away.
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

/** Where another name can be put in its place, a file is changed that says that it is not to be. */
function checkWritable({ path: name, mode }: ClientFile): void {
  if (mode === null || (mode & OWNER_MAY_WRITE) !== 0) return;
  throw invalidFile(
    name,
    { en: 'The file is read-only. It was left as it is.', zh: '该文件是只读的。文件未被修改。' },
    { en: `If it may be changed: chmod u+w '${name}'`, zh: `如可修改：chmod u+w '${name}'` },
  );
}

/** Beside the file, with its mode, under a name that nothing has. */
async function keepBackup(name: string): Promise<string> {
  for (let number = 1; number <= MAXIMUM_BACKUPS; number += 1) {
    const backup = `${name}${BACKUP_SUFFIX}${number === 1 ? '' : `.${number}`}`;
    try {
      await copyFile(name, backup, constants.COPYFILE_EXCL);
      return backup;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw invalidFile(
    name,
    { en: 'There are too many backups beside it.', zh: '其旁边的备份过多。' },
    { en: `Remove old ones: ${name}${BACKUP_SUFFIX}.*`, zh: `请删除旧备份：${name}${BACKUP_SUFFIX}.*` },
  );
}

/** The client itself writes this file too; what it wrote in between would be lost. */
async function checkUnchanged(file: ClientFile): Promise<void> {
  const now = await readClientFile(file.path);
  if (now.realPath === file.realPath && now.text === file.text && now.mode === file.mode) return;
  throw invalidFile(
    file.path,
    { en: 'The file was changed by somebody else just now.', zh: '该文件刚刚被其他程序修改。' },
    { en: 'Close the client, then repeat the command.', zh: '请关闭客户端后重试。' },
  );
}
