import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import type { GenerationTests } from '@cloche/core';
import { ClocheError, LANGUAGE_IDS, languageFromFileName, pathProblem } from '@cloche/core/executor';
import type { RequestFile } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import { collectFiles } from '../run/collect-files.ts';
import { invalidRequest } from '../run/invalid-request.ts';
import { readInputFile } from '../run/read-input-file.ts';
import type { ReadHints } from '../run/read-input-file.ts';

/** A model reads some 250,000 tokens of it, which is more than most can take and all that one wants to pay for. */
const LIMIT_BYTES = 1024 * 1024;
const LIMIT_COUNT = 100;

const CONTEXT_HINTS: ReadHints = {
  directory: {
    en: 'Name the files in it that the model needs: --context DIR/data.csv',
    zh: '请指定其中模型需要的文件：--context DIR/data.csv',
  },
  tooLarge: {
    en: 'All of it is sent to the model: give a part, or a sample of the data.',
    zh: '其内容会全部发送给模型：请只提供一部分或数据样本。',
  },
};

const TESTS_HINTS: ReadHints = {
  directory: {
    en: 'Name one file that runs all tests: --tests DIR/test_all.py',
    zh: '请指定一个运行全部测试的文件：--tests DIR/test_all.py',
  },
  tooLarge: CONTEXT_HINTS.tooLarge,
};

/**
 * The files of `--context FILE[:DEST]`.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` for what is not there, no text, or too much
 */
export async function readContext(
  words: readonly string[],
  workingDirectory: string,
): Promise<readonly RequestFile[]> {
  if (words.length > LIMIT_COUNT) {
    throw invalidRequest(
      {
        en: `There are more than ${LIMIT_COUNT} files of --context.`,
        zh: `--context 的文件超过 ${LIMIT_COUNT} 个。`,
      },
      CONTEXT_HINTS.tooLarge,
    );
  }
  const files = await collectFiles(words, {
    workingDirectory,
    programPath: null,
    limitBytes: LIMIT_BYTES,
    limitCount: LIMIT_COUNT,
    mayBeDirectory: false,
    flag: '--context',
    hints: CONTEXT_HINTS,
  });
  const paths = new Set<string>();
  for (const { path, content } of files) {
    refuseBinary(path, content);
    const problem = pathProblem(path);
    if (problem !== null) {
      throw invalidRequest(
        { en: `--context: ${problem.en}`, zh: `--context：${problem.zh}` },
        {
          en: 'Say where the program finds it: --context FILE:data.csv',
          zh: '请指定程序中的路径：--context FILE:data.csv',
        },
      );
    }
    if (paths.has(path)) {
      throw invalidRequest(
        { en: `--context gives ${printable(path)} twice.`, zh: `--context 重复给出了 ${printable(path)}。` },
        {
          en: 'Give one of them another name: --context FILE:other.csv',
          zh: '请为其中之一改名：--context FILE:other.csv',
        },
      );
    }
    paths.add(path);
  }
  return files;
}

/**
 * The program of `--tests FILE`; its name says its language.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID`, or `ERR_LANGUAGE_UNSUPPORTED` for a name that says none
 */
export async function readTests(file: string): Promise<GenerationTests> {
  const { content } = await readInputFile(file, LIMIT_BYTES, TESTS_HINTS);
  refuseBinary(file, content);
  const language = languageFromFileName(file);
  const shown = printable(file);
  if (language === null) {
    const known = LANGUAGE_IDS.join(', ');
    throw new ClocheError({
      code: 'ERR_LANGUAGE_UNSUPPORTED',
      message: {
        en: `The name of --tests ${shown} does not say which language it is.`,
        zh: `--tests ${shown} 的文件名没有说明它的语言。`,
      },
      hint: {
        en: `Give it the extension of its language (${known}): tests.py`,
        zh: `请使用其语言的扩展名（${known}）：tests.py`,
      },
    });
  }
  const code = new TextDecoder().decode(content);
  if (code.trim() === '') {
    throw invalidRequest(
      {
        en: `--tests ${shown} is empty: it would pass whatever is written.`,
        zh: `--tests ${shown} 为空：无论写什么都会通过。`,
      },
      {
        en: 'Write a program that exits 0 where all is well.',
        zh: '请编写一个在一切正常时退出码为 0 的程序。',
      },
    );
  }
  return { fileName: basename(file), language, code };
}

/** A model reads text; what is none would reach it garbled. */
function refuseBinary(name: string, content: Uint8Array | string): void {
  if (typeof content === 'string' || (isUtf8(content) && !content.includes(0))) return;
  throw invalidRequest(
    {
      en: `${printable(name)} is no text (UTF-8), so a model cannot read it.`,
      zh: `${printable(name)} 不是文本（UTF-8），模型无法读取。`,
    },
    {
      en: 'Describe it in the requirement, or give a sample of it as text.',
      zh: '请在需求中描述它，或提供文本样本。',
    },
  );
}
