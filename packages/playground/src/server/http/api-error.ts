import type { ErrorCode, Locale, LocalizedText } from '@cloche/core/executor';
import { ClocheError, textWithoutFlags } from '@cloche/core/executor';
import type { ApiError } from '../../api/runs.ts';
import { RequestRefused } from './request-refused.ts';

const STATUSES: Readonly<Record<ErrorCode, number>> = {
  ERR_CONFIG_INVALID: 400,
  ERR_REQUEST_INVALID: 400,
  ERR_LANGUAGE_UNSUPPORTED: 400,
  ERR_CAPABILITY_UNSUPPORTED: 400,
  ERR_EXECUTOR_NOT_FOUND: 400,
  ERR_EXECUTOR_UNAVAILABLE: 503,
  ERR_EXECUTOR_FAILED: 502,
  ERR_GENERATOR_FAILED: 502,
  ERR_INTERNAL: 500,
};

/** Takes the keys that the server knows out of a text. */
export type Redact = (text: string) => string;

export function statusOf(error: unknown): number {
  if (error instanceof RequestRefused) return error.refusal.status;
  return ClocheError.isInstance(error) ? STATUSES[error.code] : 500;
}

/** What a person is told of any failure. What nobody foresaw says nothing of its own words. */
export function apiErrorOf(error: unknown, locale: Locale, redact: Redact): ApiError {
  const text = (words: LocalizedText): string => redact(textWithoutFlags(words)[locale]);
  if (error instanceof RequestRefused) {
    const { message, hint } = error.refusal;
    return {
      code: 'ERR_REQUEST_INVALID',
      message: text(message),
      hint: hint === undefined ? null : text(hint),
      locale,
    };
  }
  if (ClocheError.isInstance(error)) {
    const { message, hint } = error.text;
    return { code: error.code, message: text(message), hint: hint === null ? null : text(hint), locale };
  }
  return {
    code: 'ERR_INTERNAL',
    message: text({ en: 'The playground failed at this.', zh: 'Playground 内部错误。' }),
    hint: text({
      en: 'This is a defect of Cloche. The log says more: CLOCHE_LOG=debug cloche ui',
      zh: '这是 Cloche 的缺陷。日志会给出详情：CLOCHE_LOG=debug cloche ui',
    }),
    locale,
  };
}
