import { ClocheError } from '../executor/index.ts';

export function disposed(): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: { en: 'This runner is disposed and takes no more runs.', zh: '该运行器已释放，不再接受执行。' },
    hint: { en: 'Create another with createRunner().', zh: '请用 createRunner() 新建一个。' },
  });
}

export function disposeFailed(failures: readonly unknown[]): ClocheError {
  const detail = failures
    .map((failure) => (failure instanceof Error ? failure.message : String(failure)))
    .join('; ');
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: { en: `An executor could not be disposed: ${detail}`, zh: `无法释放执行器：${detail}` },
    cause: failures.length === 1 ? failures[0] : new AggregateError(failures),
  });
}
