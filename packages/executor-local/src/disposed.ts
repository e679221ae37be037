import { ClocheError } from '@cloche/core/executor';

export function disposed(): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: { en: 'The local executor has been disposed of.', zh: '本地执行器已被释放。' },
    hint: { en: 'Create a new runner.', zh: '请创建新的 runner。' },
  });
}
