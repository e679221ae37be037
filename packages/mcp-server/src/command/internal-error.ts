import { ClocheError } from '@cloche/core/executor';

/** Something that nobody foresaw: a defect of Cloche, told as one. */
export function internalError(cause: unknown): ClocheError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ClocheError({
    code: 'ERR_INTERNAL',
    message: { en: `Cloche failed: ${detail}`, zh: `Cloche 内部错误：${detail}` },
    hint: {
      en: 'This is a defect of Cloche. Repeat the command with --debug and report what it prints.',
      zh: '这是 Cloche 的缺陷。请加上 --debug 重试，并反馈输出内容。',
    },
    cause,
  });
}
