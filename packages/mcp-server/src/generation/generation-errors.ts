import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';

/** The last rung: whoever calls can write as well. */
const WRITE_IT_YOURSELF: LocalizedText = {
  en: 'Write the program yourself, and run it with execute_code.',
  zh: '请自行编写程序，并用 execute_code 运行。',
};

/** @param missing what says how a provider is set up */
export function modelMissing(missing: ClocheError): ClocheError {
  const { hint } = missing.text;
  return new ClocheError({
    code: 'ERR_GENERATOR_FAILED',
    message: {
      en: 'There is no model to write the program: no provider is configured for this server, and the client does not lend its own (sampling).',
      zh: '没有可用于编写程序的模型：此服务器未配置提供方，客户端也未提供其自己的模型（sampling）。',
    },
    hint: {
      en: [WRITE_IT_YOURSELF.en, ...(hint === null ? [] : [hint.en])].join(' '),
      zh: [WRITE_IT_YOURSELF.zh, ...(hint === null ? [] : [hint.zh])].join(''),
    },
    cause: missing,
  });
}

/** What the model failed at, with what the caller can do about it. */
export function withWayOut(failure: ClocheError): ClocheError {
  if (failure.code !== 'ERR_GENERATOR_FAILED') return failure;
  const { message, hint } = failure.text;
  return new ClocheError({
    code: failure.code,
    message,
    hint: {
      en: [...(hint === null ? [] : [hint.en]), WRITE_IT_YOURSELF.en].join(' '),
      zh: [...(hint === null ? [] : [hint.zh]), WRITE_IT_YOURSELF.zh].join(''),
    },
    retryable: failure.retryable,
    cause: failure,
  });
}

export function tooManyGenerations(count: number, isOwn: boolean): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: isOwn
      ? {
          en: `${count} programs are being written for this client, which is as many as may be.`,
          zh: `正在为此客户端编写 ${count} 个程序，已达上限。`,
        }
      : { en: 'The server has no room to write another program.', zh: '服务器已无法再编写更多程序。' },
    hint: isOwn
      ? {
          en: 'Wait for one with read_output, or end one: manage_sandbox with action "cancel".',
          zh: '请用 read_output 等待其中一个，或用 manage_sandbox 的 action "cancel" 结束一个。',
        }
      : { en: 'Try again later.', zh: '请稍后重试。' },
    retryable: true,
  });
}

export function testsNeedLanguage(): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: 'There are tests, and no language that they are in.',
      zh: '提供了 tests，但未说明其语言。',
    },
    hint: {
      en: 'Give language too: the program and its tests are in the same one.',
      zh: '请同时提供 language：程序与其测试使用同一语言。',
    },
  });
}
