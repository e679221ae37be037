import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Locale, Logger } from '@cloche/core/executor';
import type { Identity, SessionOpened } from '../../api/http-routes.ts';
import { ROUTES } from '../../api/http-routes.ts';
import { logDefect } from '../log-defect.ts';
import type { PageFiles } from '../page/page-files.ts';
import { authenticate, bearerToken, notKnown } from '../sessions/authenticate.ts';
import type { Proofs } from '../sessions/proofs.ts';
import type { Tokens } from '../sessions/tokens.ts';
import type { ApiContext } from './api-context.ts';
import { apiErrorOf, statusOf } from './api-error.ts';
import { checkSender, ownAddressOf } from './check-sender.ts';
import { discardBody } from './discard-body.ts';
import { localeOf } from './locale-of.ts';
import { badRequest, notFound, RequestRefused } from './request-refused.ts';
import { API_ROUTES } from './routes.ts';
import { COMMON_HEADERS } from './security-headers.ts';
import { sendJson } from './send-json.ts';

export interface RequestRouterOptions {
  readonly context: ApiContext;
  readonly page: PageFiles;
  readonly tokens: Tokens;
  readonly proofs: Proofs;
  readonly port: number;
  readonly version: string;
  readonly locale: Locale;
  readonly logger: Logger;
}

/** Decides what a request gets before anything of it but the headers was read. */
export class RequestRouter {
  readonly #options: RequestRouterOptions;
  readonly #serverId = randomBytes(8).toString('hex');

  constructor(options: RequestRouterOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that breaks off is no error of the server's.
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    const locale = localeOf(request.headers['accept-language'], this.#options.locale);
    try {
      await this.#route(request, response, locale);
    } catch (error) {
      await this.#refuse(request, response, locale, error);
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse, locale: Locale): Promise<void> {
    const target = request.url ?? '';
    // Whole addresses are what proxies are sent.
    if (!target.startsWith('/')) throw notFound();
    const [path = '', search = ''] = target.split('?', 2);
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const isOpening = path === '/' && isReading;
    const ownAddress = isOpening ? ownAddressOf(request, this.#options.port) : null;
    if (ownAddress !== null) {
      response.writeHead(307, { ...COMMON_HEADERS, Location: ownAddress, 'Cache-Control': 'no-store' });
      response.end();
      return;
    }
    checkSender(request, this.#options.port, isOpening);
    if (!path.startsWith('/api/')) {
      if (!isReading) throw notAllowed('GET, HEAD');
      await this.#options.page.send(path, request, response);
      return;
    }
    if (path === ROUTES.sessions) {
      if (request.method !== 'POST') throw notAllowed('POST');
      this.#openSession(request, response);
      return;
    }
    if (path === ROUTES.identity) {
      if (request.method !== 'GET') throw notAllowed('GET');
      this.#proveIdentity(new URLSearchParams(search), response);
      return;
    }
    authenticate(request, this.#options.tokens);
    for (const { pattern, methods } of API_ROUTES) {
      const match = pattern.exec(path);
      if (match === null) continue;
      const handler = methods[request.method as keyof typeof methods];
      if (handler === undefined) throw notAllowed(Object.keys(methods).join(', '));
      const parts = { ...match.groups };
      const query = new URLSearchParams(search);
      const signal = goneSignal(response);
      await handler(this.#options.context, { request, response, query, parts, locale, signal });
      return;
    }
    throw notFound();
  }

  #openSession(request: IncomingMessage, response: ServerResponse): void {
    const { context, tokens, proofs, version } = this.#options;
    const ticket = bearerToken(request);
    if (ticket === null || !context.tickets.redeem(ticket)) throw notKnown();
    const opened: SessionOpened = {
      token: tokens.issue(),
      nextTicket: context.tickets.issue(),
      serverId: this.#serverId,
      version,
      proof: proofs.issue(),
    };
    sendJson(response, 201, opened);
  }

  #proveIdentity(query: URLSearchParams, response: ServerResponse): void {
    const proof = this.#options.proofs.answer(query.get('session') ?? '', query.get('challenge') ?? '');
    if (proof === null)
      throw badRequest('"session" and "challenge" are needed.', '需要 "session" 和 "challenge"。');
    const identity: Identity = { proof, serverId: this.#serverId };
    sendJson(response, 200, identity);
  }

  async #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    locale: Locale,
    error: unknown,
  ): Promise<void> {
    // Whoever has gone is told nothing, and going is no failure.
    if (response.destroyed) return;
    const { context, logger } = this.#options;
    const status = statusOf(error);
    logDefect(logger, 'a request failed inside the server', error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // The connection of a body that was not read is of no further use.
    if (!request.complete) response.setHeader('Connection', 'close');
    await discardBody(request);
    const headers = error instanceof RequestRefused ? error.refusal.headers : {};
    sendJson(
      response,
      status,
      { error: apiErrorOf(error, locale, (text) => context.config.redact(text)) },
      headers,
    );
  }
}

function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

function notAllowed(methods: string): RequestRefused {
  return new RequestRefused({
    status: 405,
    message: { en: `This address takes ${methods}.`, zh: `此地址只接受 ${methods}。` },
    headers: { Allow: methods },
  });
}
