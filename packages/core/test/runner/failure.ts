import { ClocheError } from '../../src/executor/index.ts';

export function failure(
  code: 'ERR_EXECUTOR_UNAVAILABLE' | 'ERR_EXECUTOR_FAILED',
  words: string,
): ClocheError {
  return new ClocheError({ code, message: { en: words, zh: '失败。' } });
}
