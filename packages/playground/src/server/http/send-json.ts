import type { ServerResponse } from 'node:http';
import { COMMON_HEADERS, INERT_POLICY } from './security-headers.ts';

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    ...COMMON_HEADERS,
    'Content-Security-Policy': INERT_POLICY,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.byteLength,
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(body);
}

export function sendNothing(response: ServerResponse): void {
  response.writeHead(204, { ...COMMON_HEADERS, 'Cache-Control': 'no-store' });
  response.end();
}
