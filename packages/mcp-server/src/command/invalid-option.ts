import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';

/** An option of the command line that makes no sense. */
export function invalidOption(message: LocalizedText, hint: LocalizedText, cause?: unknown): ClocheError {
  return new ClocheError({ code: 'ERR_REQUEST_INVALID', message, hint, cause });
}
