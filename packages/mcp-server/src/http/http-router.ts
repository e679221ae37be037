import type { IncomingMessage, ServerResponse } from 'node:http';
import { stackFrames } from '@cloche/core';
import type { Logger } from '@cloche/core/executor';
import { checkHost } from './addresses/check-host.ts';
import type { OriginPolicy } from './addresses/origin-policy.ts';
import type { Authenticator } from './authentication/authenticator.ts';
import { closeUnread } from './exchange/close-unread.ts';
import type { OpenExchanges } from './exchange/open-exchanges.ts';
import { RequestRefused } from './exchange/request-refused.ts';
import { sendDocument } from './exchange/send-document.ts';
import { sendRefusal } from './exchange/send-refusal.ts';
import type { HttpLimits } from './http-limits.ts';
import type { McpEndpoint } from './mcp-endpoint.ts';
import { shuttingDown } from './shutting-down.ts';

export const MCP_PATH = '/mcp';

export interface HttpRouterOptions {
  readonly limits: HttpLimits;
  readonly allowedHosts: ReadonlySet<string>;
  readonly origins: OriginPolicy;
  readonly authenticator: Authenticator;
  readonly exchanges: OpenExchanges;
  readonly endpoint: McpEndpoint;
  readonly isShuttingDown: () => boolean;
  readonly logger: Logger | undefined;
}

/** Decides what a request gets before anything of it but the headers was read. */
export class HttpRouter {
  readonly #options: HttpRouterOptions;

  constructor(options: HttpRouterOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { exchanges, limits, logger } = this.#options;
    const { signal } = exchanges.begin(response);
    // A client that breaks off is no error of the server's.
    response.on('error', () => undefined);
    let corsHeaders: Readonly<Record<string, string>> = {};
    try {
      const path = pathOf(request);
      if (this.#serveHealth(path, request, response)) return;
      checkHost(request, this.#options.allowedHosts);
      const { origin } = request.headers;
      corsHeaders = this.#options.origins.check(origin);
      if (request.method === 'OPTIONS') {
        response.writeHead(204, this.#options.origins.preflight(origin));
        response.end();
        return;
      }
      if (this.#serveMetadata(path, request, response, corsHeaders)) return;
      if (path !== MCP_PATH) throw notFound();
      if (this.#options.isShuttingDown()) throw new RequestRefused(shuttingDown());
      const principal = await this.#options.authenticator.authenticate(request);
      await this.#options.endpoint.serve({ request, response, principal, signal, headers: corsHeaders });
    } catch (error) {
      if (!(error instanceof RequestRefused)) {
        logger?.error('a request failed inside the server', {
          error: error instanceof Error ? error.name : 'unknown',
        });
        logger?.debug('where a request failed', { frames: stackFrames(error) });
      }
      const refusal =
        error instanceof RequestRefused
          ? error.refusal
          : { status: 500, message: 'The server failed on this request. Its log says more.', code: -32_603 };
      const headers = { ...refusal.headers, ...corsHeaders };
      await sendRefusal(request, response, { ...refusal, headers }, limits).catch(() => response.destroy());
    } finally {
      closeUnread(response, limits.unreadAnswerTimeoutMs);
    }
  }

  /** Before the Host is checked: balancers and kubelets ask by address. */
  #serveHealth(path: string, request: IncomingMessage, response: ServerResponse): boolean {
    if (path !== '/healthz' && path !== '/readyz') return false;
    checkReading(request);
    const isReady = path === '/healthz' || !this.#options.isShuttingDown();
    sendDocument(request, response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'shutting down' });
    return true;
  }

  #serveMetadata(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
  ): boolean {
    const { metadata } = this.#options.authenticator;
    if (metadata === null || path !== metadata.path) return false;
    checkReading(request);
    sendDocument(request, response, 200, metadata.document, headers);
    return true;
  }
}

/** Only what starts with a slash is served: not the whole addresses that proxies are sent. */
function pathOf(request: IncomingMessage): string {
  const target = request.url ?? '';
  if (!target.startsWith('/')) throw notFound();
  return target.split('?', 1)[0] ?? '';
}

function notFound(): RequestRefused {
  return new RequestRefused({
    status: 404,
    message: `There is nothing here; the protocol is served at ${MCP_PATH}.`,
  });
}

function checkReading(request: IncomingMessage): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  throw new RequestRefused({
    status: 405,
    message: 'This address takes GET.',
    headers: { Allow: 'GET, HEAD' },
  });
}
