import type { LocalizedText } from '@cloche/core/executor';
import type { FailureContext } from './failure-context.ts';

export interface FailureText {
  /** Whether the same call may succeed later without any change. */
  readonly isRetryable: boolean;
  readonly message: (context: FailureContext) => LocalizedText;
  readonly hint: (context: FailureContext) => LocalizedText;
}
