import type { Locale } from '@cloche/core/executor';
import type { ApiError } from '../api/runs.ts';
import { textOf } from './text/messages.ts';

/** What a person is told of a failure that the page did not foresee. */
export function describeDefect(error: unknown, locale: Locale): ApiError {
  const detail = error instanceof Error ? error.message : String(error);
  return {
    code: 'ERR_INTERNAL',
    message: textOf(locale, 'pageDefect', { detail }),
    hint: textOf(locale, 'pageDefectHint'),
    locale,
  };
}
