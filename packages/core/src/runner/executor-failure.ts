import { ClocheError } from '../executor/index.ts';

/** Whatever an executor threw, as an error that has a text in both languages. */
export function executorFailure(name: string, error: unknown): ClocheError {
  if (ClocheError.isInstance(error)) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: { en: `The executor ${name} failed: ${detail}`, zh: `执行器 ${name} 失败：${detail}` },
    cause: error,
  });
}
