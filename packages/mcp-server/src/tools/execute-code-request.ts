import type { Config } from '@cloche/core';
import type { ExecutionRequest, RequestFile } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { clipText } from '../results/clip-text.ts';
import type { ExecuteCodeInput, InputFile } from './execute-code-input.ts';

const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}(?:==)?|[A-Za-z\d+/]{3}=?)?$/u;
const SHOWN_PATH_CHARACTERS = 100;

/** @throws ClocheError `ERR_REQUEST_INVALID` for content that is not what its encoding says */
export function executionRequest(
  input: ExecuteCodeInput,
  { limits }: Pick<Config, 'limits'>,
): ExecutionRequest {
  const { code, language, stdin, args, env, files, timeout_seconds: timeoutSeconds, network } = input;
  return {
    language,
    code,
    ...(stdin !== undefined && { stdin }),
    ...(args !== undefined && { arguments: args }),
    ...(env !== undefined && { environment: env }),
    ...(files !== undefined && { files: files.map(requestFile) }),
    ...(timeoutSeconds !== undefined && {
      // Below a second the configuration's own limit is the smaller one.
      limits: { runTimeoutMs: Math.min(Math.round(timeoutSeconds * 1000), limits.runTimeoutMs) },
    }),
    ...(network !== undefined && { network }),
  };
}

function requestFile({ path, content, encoding }: InputFile): RequestFile {
  if (encoding !== 'base64') return { path, content };
  const digits = content.replaceAll(/\s+/gu, '');
  // Node.js skips what is no base64, and a program would be given something else than was meant.
  if (!BASE64.test(digits)) throw notBase64(path);
  return { path, content: Buffer.from(digits, 'base64') };
}

function notBase64(path: string): ClocheError {
  const shown = JSON.stringify(clipText(path, SHOWN_PATH_CHARACTERS));
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `The content of the file ${shown} is not base64.`,
      zh: `文件 ${shown} 的内容不是 base64。`,
    },
    hint: {
      en: 'Encode it anew, or leave encoding out and give text.',
      zh: '请重新编码，或省略 encoding 直接提供文本。',
    },
  });
}
