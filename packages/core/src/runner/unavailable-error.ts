import type { ErrorCode, Unavailability } from '../executor/index.ts';
import { ClocheError } from '../executor/index.ts';

/** What says that another executor may do what this one cannot. Nothing else makes `auto` go on to the next. */
const FALL_THROUGH: Readonly<Record<ErrorCode, boolean>> = {
  ERR_EXECUTOR_UNAVAILABLE: true,
  ERR_EXECUTOR_NOT_FOUND: true,
  ERR_CAPABILITY_UNSUPPORTED: true,
  ERR_LANGUAGE_UNSUPPORTED: true,
  ERR_CONFIG_INVALID: false,
  ERR_REQUEST_INVALID: false,
  ERR_EXECUTOR_FAILED: false,
  ERR_GENERATOR_FAILED: false,
  ERR_INTERNAL: false,
};

export function isFallThrough(error: unknown): error is ClocheError {
  return ClocheError.isInstance(error) && FALL_THROUGH[error.code];
}

/** A failure that concerns every plan, and not this one alone. */
export function isUnavailability(error: ClocheError): boolean {
  return error.code === 'ERR_EXECUTOR_UNAVAILABLE' || error.code === 'ERR_EXECUTOR_NOT_FOUND';
}

export function unavailableError({ code, reason, hint }: Unavailability): ClocheError {
  return new ClocheError({ code, message: reason, hint });
}

/** The executor said nothing in the time that it had. */
export function noAnswer(name: string, timeoutMs: number): Unavailability {
  const seconds = timeoutMs / 1000;
  return {
    available: false,
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    reason: {
      en: `The executor ${name} did not answer within ${seconds} s.`,
      zh: `执行器 ${name} 在 ${seconds} 秒内没有响应。`,
    },
    hint: { en: 'See what is wrong with it: cloche doctor', zh: '查看问题所在：cloche doctor' },
    fix: ['cloche doctor'],
  };
}
