import { randomBytes } from 'node:crypto';
import { access, constants, link, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { GenerationResult } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import type { MessageWriter } from '../../output/message-writer.ts';
import { printable } from '../../output/printable.ts';
import { invalidRequest } from '../run/invalid-request.ts';

/** Where the program is kept: `--output FILE`. */
export interface GenerationFile {
  /** As it was typed. */
  readonly name: string;
  readonly mayReplace: boolean;
}

const NEW_FILE_MODE = 0o666;

/**
 * Whether the program can be kept there, asked before a model is paid for it.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID`
 */
export async function checkGenerationFile({ name, mayReplace }: GenerationFile): Promise<void> {
  if (name === '-') throw standardOutput();
  const shown = printable(name);
  const status = await stat(name).catch(() => null);
  if (status?.isDirectory() === true) {
    throw invalidRequest(
      { en: `--output ${shown} is a directory.`, zh: `--output ${shown} 是目录。` },
      {
        en: `Name a file in it: --output ${shown}/main.py`,
        zh: `请指定其中的文件：--output ${shown}/main.py`,
      },
    );
  }
  if (status !== null && !status.isFile()) {
    throw invalidRequest(
      { en: `--output ${shown} is no regular file.`, zh: `--output ${shown} 不是普通文件。` },
      TO_STANDARD_OUTPUT,
    );
  }
  // A link to nothing is something that is there.
  const isThere = (await lstat(name).catch(() => null)) !== null;
  if (isThere && !mayReplace) throw alreadyThere(name);
  await checkDirectory(status === null ? name : await realpath(name), shown);
}

/**
 * Puts the program there, whole or not at all.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` where a file has come there meanwhile, `ERR_INTERNAL` where it cannot be
 * written
 */
async function writeGenerationFile(file: GenerationFile, code: string): Promise<void> {
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

async function checkDirectory(target: string, shown: string): Promise<void> {
  const directory = path.dirname(path.resolve(target));
  const status = await stat(directory).catch(() => null);
  if (status?.isDirectory() !== true) {
    throw invalidRequest(
      {
        en: `--output ${shown}: there is no directory ${printable(directory)}.`,
        zh: `--output ${shown}：目录 ${printable(directory)} 不存在。`,
      },
      {
        en: `Make it: mkdir -p ${printable(path.dirname(shown))}`,
        zh: `请先创建：mkdir -p ${printable(path.dirname(shown))}`,
      },
    );
  }
  const isWritable = await access(directory, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (isWritable) return;
  throw invalidRequest(
    {
      en: `--output ${shown}: this user may not write to ${printable(directory)}.`,
      zh: `--output ${shown}：当前用户没有 ${printable(directory)} 的写入权限。`,
    },
    { en: 'Name a file in another directory.', zh: '请指定其他目录中的文件。' },
  );
}

const TO_STANDARD_OUTPUT: LocalizedText = {
  en: 'To have the program on standard output: --no-run, without --output',
  zh: '如要将程序输出到标准输出：使用 --no-run，不加 --output',
};

function standardOutput(): ClocheError {
  return invalidRequest(
    {
      en: '--output - is no file: standard output is for what the program prints.',
      zh: '--output - 不是文件：标准输出用于程序的输出。',
    },
    TO_STANDARD_OUTPUT,
  );
}

function alreadyThere(name: string): ClocheError {
  const shown = printable(name);
  return invalidRequest(
    { en: `--output ${shown} is there already.`, zh: `--output ${shown} 已存在。` },
    { en: 'Name another file, or replace it with --force.', zh: '请指定其他文件，或用 --force 覆盖。' },
  );
}

function notWritten(name: string, cause: unknown): ClocheError {
  const reason = codeOf(cause) ?? String(cause);
  return new ClocheError({
    code: 'ERR_INTERNAL',
    message: {
      en: `The program could not be written to ${printable(name)}: ${reason}.`,
      zh: `无法将程序写入 ${printable(name)}：${reason}。`,
    },
    hint: { en: 'It stands above, whole.', zh: '完整程序见上文。' },
    cause,
  });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}

/** A program that did not run well is not kept: what is there already is better. */
export async function keepProgram(
  file: GenerationFile,
  result: GenerationResult,
  messages: MessageWriter,
): Promise<void> {
  const { status, code } = result;
  if (code === null || (status !== 'ok' && status !== 'not_executed')) return;
  await writeGenerationFile(file, code.endsWith('\n') ? code : `${code}\n`);
  const shown = printable(file.name);
  messages.note({ en: `The program is in ${shown}`, zh: `程序已保存到 ${shown}` });
}
