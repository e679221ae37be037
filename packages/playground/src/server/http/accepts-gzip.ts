import type { IncomingMessage } from 'node:http';

/** Whether it is named without conditions, as every browser does. */
export function acceptsGzip({ headers }: IncomingMessage): boolean {
  return /(?:^|,)\s*gzip\s*(?:,|$)/u.test(headers['accept-encoding'] ?? '');
}
