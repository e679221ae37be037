import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { allowedHosts } from './addresses/allowed-hosts.ts';
import { OriginPolicy } from './addresses/origin-policy.ts';
import { createAuthenticator } from './authentication/create-authenticator.ts';
import { OpenExchanges } from './exchange/open-exchanges.ts';
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from './http-limits.ts';
import type { HttpOptions } from './http-options.ts';
import { HttpRouter, MCP_PATH } from './http-router.ts';
import type { HttpServing } from './http-serving.ts';
import { listenError } from './listen-error.ts';
import { McpEndpoint } from './mcp-endpoint.ts';
import { shutDown } from './shut-down.ts';

const PROBE_DELAY_MS = 10_000;

/**
 * Serves MCP over Streamable HTTP at `/mcp`, in both eras, with `/healthz` and `/readyz` beside it.
 *
 * @throws ClocheError ERR_CONFIG_INVALID where an option makes no sense or the address cannot be listened on
 */
export async function serveHttp(options: HttpOptions): Promise<HttpServing> {
  const { service, host = '127.0.0.1', port = 0, logger } = options;
  const limits: HttpLimits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const authenticator = await createAuthenticator(options.authentication ?? { kind: 'token' }, logger);
  const exchanges = new OpenExchanges();
  const endpoint = new McpEndpoint({ limits, serverFor: (principal) => service.serverFor({ principal }) });
  let isShuttingDown = false;
  const router = new HttpRouter({
    limits,
    allowedHosts: allowedHosts(host, options.allowedHosts ?? []),
    origins: new OriginPolicy(options.allowedOrigins ?? []),
    authenticator,
    exchanges,
    endpoint,
    isShuttingDown: () => isShuttingDown,
    logger,
  });
  const server = createLimitedServer(limits, router);
  await listen(server, host, port);
  let closing: Promise<void> | undefined;
  return {
    url: urlOf(server, host),
    token: authenticator.token,
    close: () => {
      isShuttingDown = true;
      closing ??= shutDown({ server, endpoint, exchanges, limits });
      return closing;
    },
  };
}

function createLimitedServer(limits: HttpLimits, router: HttpRouter): Server {
  const server = createServer({
    maxHeaderSize: limits.headersBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.idleConnectionTimeoutMs,
    connectionsCheckingInterval: limits.timeoutCheckIntervalMs,
    // Finds clients whose machine or network is gone.
    keepAlive: true,
    keepAliveInitialDelay: PROBE_DELAY_MS,
    noDelay: true,
  });
  server.maxConnections = limits.connections;
  server.on('request', (request, response) => void router.handle(request, response));
  // Without it Node.js asks for the body before anybody has looked at the headers.
  server.on('checkContinue', (request, response) => void router.handle(request, response));
  return server;
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, host, port);
  }
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}${MCP_PATH}`;
}
