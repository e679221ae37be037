import {
  INVALID_REQUEST,
  type McpServer,
  type RequestId,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { RequestRefused } from '../exchange/request-refused.ts';
import type { HttpLimits } from '../http-limits.ts';
import { postedMessages } from './posted-messages.ts';

const SESSION_ENDED = -32_000;

export interface LegacySessionOptions {
  readonly id: string;
  readonly principal: string;
  readonly server: McpServer;
  readonly limits: Pick<HttpLimits, 'sessionIdleTimeoutMs' | 'streamCommentIntervalMs'>;
  /** Called once, when the session has ended. */
  readonly onEnd: () => void;
}

export interface LegacyExchange {
  readonly request: Request;
  /** Parsed; undefined for GET and DELETE. */
  readonly body: unknown;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  readonly send: (response: Response) => Promise<void>;
}

/** A 2025-era client's connection, over all of its HTTP requests. */
export class LegacySession {
  readonly id: string;
  readonly principal: string;
  readonly #options: LegacySessionOptions;
  readonly #transport: WebStandardStreamableHTTPServerTransport;
  /** To whether it came alone: the others of a batch share its stream. */
  readonly #inFlight = new Map<RequestId, boolean>();
  #exchanges = 0;
  #idleTimer: NodeJS.Timeout | undefined;
  #usedAtMs = performance.now();
  #ended = false;

  constructor(options: LegacySessionOptions) {
    this.id = options.id;
    this.principal = options.principal;
    this.#options = options;
    this.#transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => options.id,
      keepAliveMs: options.limits.streamCommentIntervalMs,
      onsessionclosed: () => this.#answerAll('The session was ended by its client.'),
    });
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- no EventTarget: the SDK chains its own behind this one
    this.#transport.onclose = () => this.#onClose();
  }

  /** Once, before the first exchange. */
  async connect(): Promise<void> {
    await this.#options.server.connect(this.#transport);
  }

  /** False until the client's `initialize` was accepted. */
  get isInitialized(): boolean {
    return this.#transport.sessionId !== undefined;
  }

  /** Not while it is being opened either. */
  get isIdle(): boolean {
    return this.isInitialized && this.#exchanges === 0;
  }

  /** On the clock of `performance.now()`. */
  get usedAtMs(): number {
    return this.#usedAtMs;
  }

  /**
   * Serves one HTTP request, to its end. A client that goes away has its calls cancelled: no answer of theirs could
   * reach it any more, since streams cannot be resumed here.
   *
   * @throws RequestRefused where an id is in use
   */
  async serve(exchange: LegacyExchange): Promise<void> {
    const { requestIds, cancelledIds } = postedMessages(exchange.body);
    this.#refuseUsedIds(requestIds);
    for (const id of requestIds) this.#inFlight.set(id, requestIds.length === 1);
    const cancel = (): void => {
      for (const id of requestIds) this.#cancel(id);
    };
    exchange.signal.addEventListener('abort', cancel, { once: true });
    this.#beginUse();
    try {
      const response = await this.#transport.handleRequest(exchange.request, { parsedBody: exchange.body });
      if (exchange.signal.aborted) cancel();
      if (response.ok)
        for (const id of cancelledIds) this.#release(id, 'The call was cancelled by its client.');
      await exchange.send(response);
    } finally {
      exchange.signal.removeEventListener('abort', cancel);
      for (const id of requestIds) this.#inFlight.delete(id);
      this.#endUse();
    }
  }

  /** Answers every call in flight with the reason, aborts it and closes all streams. */
  async end(reason: string): Promise<void> {
    if (this.#ended) return;
    this.#answerAll(reason);
    await this.#options.server.close();
  }

  #refuseUsedIds(ids: readonly RequestId[]): void {
    const used = ids.find((id, index) => this.#inFlight.has(id) || ids.indexOf(id) !== index);
    if (used === undefined) return;
    // The answers would go to whoever asked last, and the first stream would stay open for good.
    throw new RequestRefused({
      status: 400,
      code: INVALID_REQUEST,
      message: 'A request with this id is in flight on this session. Give each request an id of its own.',
    });
  }

  #cancel(requestId: RequestId): void {
    if (!this.#inFlight.has(requestId)) return;
    const reason = 'The client has gone.';
    this.#transport.onmessage?.({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId, reason },
    });
    this.#release(requestId, reason);
  }

  /** A cancelled call gets no answer from the SDK, which would keep its stream, and its id, for good. */
  #release(requestId: RequestId, reason: string): void {
    const isAlone = this.#inFlight.get(requestId);
    if (isAlone === undefined) return;
    if (isAlone) this.#transport.closeSSEStream(requestId);
    this.#answer(requestId, reason);
  }

  #answerAll(reason: string): void {
    for (const id of this.#inFlight.keys()) this.#answer(id, reason);
  }

  #answer(id: RequestId, message: string): void {
    // Rejects where the answer is on its way already.
    this.#transport
      .send({ jsonrpc: '2.0', id, error: { code: SESSION_ENDED, message } })
      .catch(() => undefined);
  }

  #beginUse(): void {
    this.#exchanges += 1;
    clearTimeout(this.#idleTimer);
  }

  #endUse(): void {
    this.#exchanges -= 1;
    this.#usedAtMs = performance.now();
    if (this.#ended || this.#exchanges > 0) return;
    this.#idleTimer = setTimeout(() => {
      void this.end('The session was idle for too long.');
    }, this.#options.limits.sessionIdleTimeoutMs);
    this.#idleTimer.unref();
  }

  #onClose(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#idleTimer);
    this.#options.onEnd();
  }
}
