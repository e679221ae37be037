import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Locale, Logger } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { internalError } from '../command/internal-error.ts';
import { clipText } from '../results/fit-text.ts';
import { textForClient } from '../results/text-for-client.ts';

const MESSAGE_CHARACTERS = 1_200;
const HINT_CHARACTERS = 600;

/** What the platform refused or failed at, in the server's language, with what to do about it. */
export function toolError(error: unknown, locale: Locale, logger: Logger): CallToolResult {
  const isForeseen = ClocheError.isInstance(error);
  const failure = isForeseen ? error : internalError(error);
  if (!isForeseen) logger.error('a tool failed', { error: String(error) });
  const { message, hint } = failure.text;
  const lines = [clipText(textForClient(message, locale), MESSAGE_CHARACTERS)];
  if (hint !== null) lines.push(clipText(textForClient(hint, locale), HINT_CHARACTERS));
  lines.push(`(${failure.code}${failure.retryable ? ', may succeed later without any change' : ''})`);
  return { isError: true, content: [{ type: 'text', text: lines.join('\n') }] };
}
