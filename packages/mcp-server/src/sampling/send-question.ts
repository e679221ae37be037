import type { ServerContext } from '@modelcontextprotocol/server';
import { ProtocolError, SdkError, SdkErrorCode } from '@modelcontextprotocol/server';
import type { ClientQuestion } from './client-question.ts';
import { connectionOf } from './connection-of.ts';

/** The signal ends it before: a person may have to agree, and no number of seconds is right for that. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Asks a client of revision 2025-11-25 or before, by a request that belongs to this call. Its answer may come after the
 * call was answered. Never rejects.
 */
export async function sendQuestion(question: ClientQuestion, context: ServerContext): Promise<void> {
  const { mcpReq } = context;
  const connection = connectionOf(context);
  question.carry(connection);
  try {
    const { params, signal } = question;
    question.answer(
      await mcpReq.send(
        { method: 'sampling/createMessage', params: { ...params } },
        { signal, timeout: LONGEST_MS },
      ),
    );
  } catch (error) {
    // What the client said is its answer; a connection that broke is none, and the next one may ask again.
    if (error instanceof ProtocolError) question.refuse(error.message);
    else if (isNoSampledAnswer(error)) question.refuse('its answer is not as the protocol has it');
    else question.putBack(connection);
  }
}

/** The same client would answer the next request no better. */
function isNoSampledAnswer(error: unknown): boolean {
  return error instanceof SdkError && error.code === SdkErrorCode.InvalidResult;
}
