import type { ServerContext } from '@modelcontextprotocol/server';

/** One word for each connection: over stdio there is but one. */
export function connectionOf({ sessionId }: ServerContext): string {
  return sessionId ?? '';
}
