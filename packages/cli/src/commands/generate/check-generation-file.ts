import { access, constants, lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ClocheError, LocalizedText } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import { invalidRequest } from '../run/invalid-request.ts';
import { alreadyThere } from './already-there.ts';
import type { GenerationFile } from './generation-file.ts';

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
