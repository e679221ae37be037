import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Locale, Logger } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { internalError } from '../command/internal-error.ts';
import { clipText } from '../results/fit-text.ts';

const MESSAGE_CHARACTERS = 1_200;
const HINT_CHARACTERS = 600;

/** What the platform refused or failed at, in the server's language, with what to do about it. */
export function toolError(error: unknown, locale: Locale, logger: Logger): CallToolResult {
  const isForeseen = ClocheError.isInstance(error);
  const failure = isForeseen ? error : internalError(error);
  if (!isForeseen) logger.error('a tool failed', { error: String(error) });
  const hint = failure.localizedHint(locale);
  const lines = [clipText(failure.localizedMessage(locale), MESSAGE_CHARACTERS)];
  if (hint !== null) lines.push(clipText(hint, HINT_CHARACTERS));
  lines.push(`(${failure.code}${failure.retryable ? ', may succeed later without any change' : ''})`);
  return { isError: true, content: [{ type: 'text', text: lines.join('\n') }] };
}
