import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';
import { INVALID_REQUEST, PARSE_ERROR, parseJSONRPCMessage } from '@modelcontextprotocol/server';
import { idOfRefusedLine } from './id-of-refused-line.ts';
import type { SplitLine } from './line-splitter.ts';

export type ReadMessage =
  | { readonly kind: 'message'; readonly message: JSONRPCMessage }
  | {
      readonly kind: 'refused';
      /** Whose request it was; null where that cannot be told. */
      readonly id: RequestId | null;
      /** Of JSON-RPC. */
      readonly code: number;
      readonly reason: string;
    };

/**
 * What a line of the client says; null for an empty one.
 *
 * @param limitBytes of one message, for the refusal of a line that was too long to be kept
 */
export function readMessage(line: SplitLine, limitBytes: number): ReadMessage | null {
  if (line.kind === 'too_long') {
    const reason = `The message has ${line.byteCount} bytes, and ${limitBytes} are allowed. Give less at a time.`;
    return refused(idOfRefusedLine(line.head, line.tail), INVALID_REQUEST, reason);
  }
  if (line.text.trim() === '') return null;
  let given: unknown;
  try {
    given = JSON.parse(line.text);
  } catch {
    return refused(null, PARSE_ERROR, 'The line is not valid JSON.');
  }
  try {
    return { kind: 'message', message: parseJSONRPCMessage(given) };
  } catch {
    const reason = 'The message is not one of JSON-RPC 2.0; batches are not taken.';
    return refused(idOf(given), INVALID_REQUEST, reason);
  }
}

function refused(id: RequestId | null, code: number, reason: string): ReadMessage {
  return { kind: 'refused', id, code, reason };
}

function idOf(given: unknown): RequestId | null {
  if (typeof given !== 'object' || given === null || !('id' in given)) return null;
  return typeof given.id === 'string' || typeof given.id === 'number' ? given.id : null;
}
