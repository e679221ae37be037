import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createMcpHandler,
  isJsonContentType,
  isLegacyRequest,
  type McpHttpHandler,
  type McpServer,
} from '@modelcontextprotocol/server';
import { RequestAdmission } from './admission/request-admission.ts';
import { parseJsonBody } from './exchange/parse-json-body.ts';
import { readBody } from './exchange/read-body.ts';
import { RequestRefused } from './exchange/request-refused.ts';
import { sendWebResponse } from './exchange/send-web-response.ts';
import { toWebRequest } from './exchange/to-web-request.ts';
import type { HttpLimits } from './http-limits.ts';
import type { LegacySession } from './legacy/legacy-session.ts';
import { LegacySessions } from './legacy/legacy-sessions.ts';
import { postedMessages } from './legacy/posted-messages.ts';
import { shuttingDown } from './shutting-down.ts';

/** The SDK's own: the exchange was closed before there was an answer. */
const CLOSED_EARLY = 499;

export interface McpCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly principal: string;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** For the answer, beside the SDK's. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface McpEndpointOptions {
  readonly limits: HttpLimits;
  readonly serverFor: (principal: string) => McpServer;
}

/** Both eras of the protocol behind one address, for callers who are known already. */
export class McpEndpoint {
  readonly #admission: RequestAdmission;
  readonly #sessions: LegacySessions;
  readonly #limits: HttpLimits;
  readonly #modern: McpHttpHandler;
  readonly #streams = new Set<AbortController>();

  constructor({ limits, serverFor }: McpEndpointOptions) {
    this.#limits = limits;
    this.#admission = new RequestAdmission(limits);
    this.#sessions = new LegacySessions(limits, serverFor);
    this.#modern = createMcpHandler(({ authInfo }) => serverFor(authInfo?.clientId ?? ''), {
      legacy: 'reject',
      maxSubscriptions: limits.subscriptions,
      keepAliveMs: limits.streamCommentIntervalMs,
    });
  }

  /** @throws RequestRefused */
  async serve(call: McpCall): Promise<void> {
    const { method = '' } = call.request;
    switch (method) {
      case 'POST':
        await this.#servePost(call);
        break;
      case 'GET':
        await this.#serveStream(call);
        break;
      case 'DELETE':
        this.#admission.admitRequest(call.principal);
        await this.#serveInSession(this.#sessionOf(call), call, undefined);
        break;
      default:
        throw new RequestRefused({
          status: 405,
          message: 'This address takes POST, GET and DELETE.',
          headers: { Allow: 'GET, POST, DELETE' },
        });
    }
  }

  /** Ends the streams that nobody waits for an answer on. */
  endStreams(): void {
    for (const stream of this.#streams) stream.abort();
  }

  /** Aborts every call and ends every session. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#modern.close(), this.#sessions.endAll(shuttingDown().message)]);
  }

  async #servePost(call: McpCall): Promise<void> {
    const { request, principal, signal } = call;
    if (!isJsonContentType(request.headers['content-type'] ?? null)) {
      throw new RequestRefused({ status: 415, message: 'The Content-Type must be application/json.' });
    }
    const body = await this.#readJson(call);
    this.#checkBatch(body);
    const { requestIds } = postedMessages(body);
    const release = this.#admission.admitCalls(principal, requestIds.length);
    try {
      const webRequest = toWebRequest(request, signal);
      if (await isLegacyRequest(webRequest, body)) {
        await this.#serveLegacyPost(call, body);
      } else {
        await this.#serveModernPost(call, webRequest, body);
      }
    } finally {
      release();
    }
  }

  async #readJson({ request, response, principal }: McpCall): Promise<unknown> {
    const { bodyBytes, bodyValues } = this.#limits;
    const release = this.#admission.admitReading(principal);
    try {
      return parseJsonBody(await readBody(request, response, bodyBytes), bodyValues);
    } finally {
      release();
    }
  }

  async #serveModernPost(call: McpCall, request: Request, parsedBody: unknown): Promise<void> {
    const answer = await this.#modern.fetch(request, {
      parsedBody,
      // Without the token: tools can read this.
      authInfo: { token: '', clientId: call.principal, scopes: [] },
    });
    if (answer.status === CLOSED_EARLY && !call.signal.aborted) throw new RequestRefused(shuttingDown());
    await this.#send(answer, call);
  }

  async #serveLegacyPost(call: McpCall, body: unknown): Promise<void> {
    const isNew =
      call.request.headers['mcp-session-id'] === undefined && postedMessages(body).isInitialization;
    const session = isNew ? await this.#sessions.open(call.principal) : this.#sessionOf(call);
    try {
      await this.#serveInSession(session, call, body);
    } finally {
      if (!session.isInitialized) await session.end('The session was not initialized.');
    }
  }

  async #serveStream(call: McpCall): Promise<void> {
    this.#admission.admitRequest(call.principal);
    const session = this.#sessionOf(call);
    const stream = new AbortController();
    this.#streams.add(stream);
    try {
      const signal = AbortSignal.any([call.signal, stream.signal]);
      await this.#serveInSession(session, { ...call, signal }, undefined);
    } finally {
      this.#streams.delete(stream);
    }
  }

  async #serveInSession(session: LegacySession, call: McpCall, body: unknown): Promise<void> {
    await session.serve({
      request: toWebRequest(call.request, call.signal),
      body,
      signal: call.signal,
      send: (answer) => this.#send(answer, call),
    });
  }

  #sessionOf({ request, principal }: McpCall): LegacySession {
    const id = request.headers['mcp-session-id'];
    if (typeof id === 'string') return this.#sessions.find(id, principal);
    if (request.method === 'POST') {
      throw new RequestRefused({
        status: 400,
        message:
          'The header Mcp-Session-Id is missing: initialize first, or send the _meta of revision 2026-07-28.',
      });
    }
    throw new RequestRefused({
      status: 405,
      message: `${request.method ?? 'This method'} needs a session, with its id in the header Mcp-Session-Id.`,
      headers: { Allow: 'POST' },
    });
  }

  #checkBatch(body: unknown): void {
    const { batchRequests } = this.#limits;
    if (!Array.isArray(body) || body.length <= batchRequests) return;
    throw new RequestRefused({
      status: 413,
      message: `The batch has ${body.length} messages, and ${batchRequests} are allowed. Send fewer at once.`,
    });
  }

  async #send(answer: Response, { response, signal, headers }: McpCall): Promise<void> {
    const { unreadAnswerTimeoutMs } = this.#limits;
    await sendWebResponse(answer, response, { signal, headers, unreadAnswerTimeoutMs });
  }
}
