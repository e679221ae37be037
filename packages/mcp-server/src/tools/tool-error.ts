import type { CallToolResult } from '@modelcontextprotocol/server';
import { stackFrames } from '@cloche/core';
import type { Locale, Logger } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { internalError } from '../command/internal-error.ts';
import { clipText } from '../results/clip-text.ts';
import { textForClient } from '../results/text-for-client.ts';

const MESSAGE_CHARACTERS = 1_200;
const HINT_CHARACTERS = 600;

/** What the platform refused or failed at, in the server's language, with what to do about it. Defects are logged. */
export function toolError(error: unknown, locale: Locale, logger: Logger): CallToolResult {
  const failure = ClocheError.isInstance(error) ? error : internalError(error);
  if (failure.code === 'ERR_INTERNAL') logDefect(failure, logger);
  const { message, hint } = failure.text;
  const lines = [clipText(textForClient(message, locale), MESSAGE_CHARACTERS)];
  if (hint !== null) lines.push(clipText(textForClient(hint, locale), HINT_CHARACTERS));
  lines.push(`(${failure.code}${failure.retryable ? ', may succeed later without any change' : ''})`);
  return { isError: true, content: [{ type: 'text', text: lines.join('\n') }] };
}

/** Where it happened is what the hint of such an error promises to be in the log. */
function logDefect({ cause, message }: ClocheError, logger: Logger): void {
  logger.error('a tool failed', { error: cause instanceof Error ? String(cause) : message });
  logger.debug('where a tool failed', { frames: stackFrames(cause) });
}
