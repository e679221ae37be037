import type { Server } from 'node:http';
import type { OpenExchanges } from './exchange/open-exchanges.ts';
import type { HttpLimits } from './http-limits.ts';
import type { McpEndpoint } from './mcp-endpoint.ts';
import { waitFor } from '../waiting/wait-for.ts';

export interface ShutDownOptions {
  readonly server: Server;
  readonly endpoint: McpEndpoint;
  readonly exchanges: OpenExchanges;
  readonly limits: Pick<HttpLimits, 'shutdownGraceMs' | 'shutdownTimeoutMs'>;
}

/** Short calls finish, long ones are aborted and told so, and what is still open then is cut off. */
export async function shutDown({ server, endpoint, exchanges, limits }: ShutDownOptions): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  endpoint.endStreams();
  const deadlineMs = performance.now() + limits.shutdownTimeoutMs;
  await exchanges.empty(limits.shutdownGraceMs);
  await waitFor(endpoint.close(), Math.max(0, deadlineMs - performance.now()), null);
  await exchanges.empty(Math.max(0, deadlineMs - performance.now()));
  exchanges.abortAll();
  server.closeAllConnections();
  await closed;
}
