import { ClocheError } from '../errors/cloche-error.ts';
import type { LocalizedText } from '../localized-text.ts';
import type { ExecutionRequest } from './execution-request.ts';

const ENVIRONMENT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/u;

/** Linux takes 128 KiB a word, its final NUL included (MAX_ARG_STRLEN); macOS and Linux take a mebibyte in all. */
const MAXIMUM_WORD_BYTES = 128 * 1024 - 1;
const MAXIMUM_WORDS_BYTES = 900 * 1024;

/**
 * Arguments and environment that no system can hand to a program are refused here, and not by a spawn
 * that fails without saying why.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` naming the variable; an argument is only counted, since it may be a secret
 */
export function checkWords(request: ExecutionRequest): void {
  let totalBytes = 0;
  const check = (word: string, named: LocalizedText): void => {
    if (word.includes('\0')) throw invalid(named, { en: 'contains a NUL byte', zh: '包含 NUL 字节' });
    const bytes = Buffer.byteLength(word);
    if (bytes > MAXIMUM_WORD_BYTES) {
      throw invalid(named, {
        en: `has ${bytes} bytes, more than the ${MAXIMUM_WORD_BYTES} that a program can be given`,
        zh: `有 ${bytes} 字节，超过程序可接收的 ${MAXIMUM_WORD_BYTES} 字节`,
      });
    }
    totalBytes += bytes + 1;
  };
  for (const [index, word] of (request.arguments ?? []).entries()) {
    check(word, { en: `Argument ${index + 1}`, zh: `第 ${index + 1} 个参数` });
  }
  for (const [index, word] of (request.compileArguments ?? []).entries()) {
    check(word, { en: `Compile argument ${index + 1}`, zh: `第 ${index + 1} 个编译参数` });
  }
  for (const [name, value] of Object.entries(request.environment ?? {})) {
    if (!ENVIRONMENT_NAME.test(name)) {
      throw invalid(
        { en: JSON.stringify(name), zh: JSON.stringify(name) },
        { en: 'is not a name of an environment variable', zh: '不是有效的环境变量名' },
      );
    }
    check(`${name}=${value}`, { en: `The environment variable ${name}`, zh: `环境变量 ${name} ` });
  }
  if (totalBytes <= MAXIMUM_WORDS_BYTES) return;
  throw invalid(
    { en: 'Arguments and environment together', zh: '参数与环境变量合计' },
    {
      en: `have ${totalBytes} bytes, more than ${MAXIMUM_WORDS_BYTES}`,
      zh: `有 ${totalBytes} 字节，超过 ${MAXIMUM_WORDS_BYTES} 字节`,
    },
  );
}

function invalid(subject: LocalizedText, problem: LocalizedText): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: { en: `${subject.en} ${problem.en}.`, zh: `${subject.zh}${problem.zh}。` },
    hint: {
      en: 'Give large input as a file (--file) or through standard input.',
      zh: '大量输入请通过文件（--file）或标准输入提供。',
      withoutFlags: {
        en: 'Give large input as one of the files, or as stdin.',
        zh: '大量输入请通过 files 或 stdin 提供。',
      },
    },
  });
}
