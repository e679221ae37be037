import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpLimits } from '../http-limits.ts';
import { discardBody } from './discard-body.ts';
import type { Refusal } from './request-refused.ts';

const SERVER_ERROR = -32_000;

export type RefusalLimits = Pick<HttpLimits, 'refusedBodyBytes' | 'refusedBodyTimeoutMs'>;

/** Answers with the refusal, as JSON-RPC says errors. A connection whose body was not read is closed after it. */
export async function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  limits: RefusalLimits,
): Promise<void> {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = Buffer.from(
    JSON.stringify({
      jsonrpc: '2.0',
      id: null,
      error: { code: refusal.code ?? SERVER_ERROR, message: refusal.message },
    }),
  );
  response.writeHead(refusal.status, {
    ...refusal.headers,
    'Content-Type': 'application/json',
    'Content-Length': body.byteLength,
    'Cache-Control': 'no-store',
    ...(!request.complete && { Connection: 'close' }),
  });
  response.write(body);
  // A connection that is closed on unread bytes is reset, and the refusal is lost on its way.
  await discardBody(request, limits);
  response.end();
}
