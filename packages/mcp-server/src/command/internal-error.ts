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
      withoutFlags: {
        en: 'This is a defect of Cloche. The log of the server says more with CLOCHE_LOG=debug; report what it prints.',
        zh: '这是 Cloche 的缺陷。设置 CLOCHE_LOG=debug 后服务器日志会给出详情，请反馈其内容。',
      },
    },
    cause,
  });
}
