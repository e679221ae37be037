import type { IncomingMessage } from 'node:http';

/** The request as the SDK takes it: its body is parsed already and handed over beside it. */
export function toWebRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // The token ends here: nothing behind this needs it, and a tool must not get at it.
    if (value === undefined || name === 'authorization') continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const address = `http://${request.headers.host ?? 'localhost'}/mcp`;
  return new Request(address, { method: request.method ?? 'GET', headers, signal });
}
