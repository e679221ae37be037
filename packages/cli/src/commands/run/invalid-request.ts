import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';

/** What a person typed cannot be done: exit code 2. */
export function invalidRequest(
  message: LocalizedText,
  hint: LocalizedText | null = null,
  cause?: unknown,
): ClocheError {
  return new ClocheError({ code: 'ERR_REQUEST_INVALID', message, hint, cause });
}
