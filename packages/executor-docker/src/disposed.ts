import { ClocheError } from '@cloche/core/executor';

/** What is asked of an executor after its disposal. */
export function disposed(): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: { en: 'The Docker executor has been disposed of.', zh: 'Docker 执行器已被释放。' },
    hint: { en: 'Create a new runner.', zh: '请创建新的 runner。' },
  });
}
