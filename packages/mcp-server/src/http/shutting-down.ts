import type { Refusal } from './exchange/request-refused.ts';

export function shuttingDown(): Refusal {
  return {
    status: 503,
    message: 'The server is shutting down.',
    headers: { 'Retry-After': '5', Connection: 'close' },
  };
}
