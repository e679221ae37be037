import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers GET and HEAD with a small JSON document. */
export function sendDocument(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  document: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(JSON.stringify(document));
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'application/json',
    'Content-Length': body.byteLength,
    'Cache-Control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
