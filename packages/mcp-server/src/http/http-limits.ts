/** What one server over HTTP takes before it refuses. All bounds are inclusive. */
export interface HttpLimits {
  /** Of one request's body; more is answered 413. */
  readonly bodyBytes: number;
  /** Of the JSON in one request's body; more is answered 413. */
  readonly bodyValues: number;
  /** Of all headers of one request; more is answered 431. */
  readonly headersBytes: number;
  /** Until the last header has arrived; later is answered 408. */
  readonly headersTimeoutMs: number;
  /** Until the last byte of the body has arrived; later is answered 408. */
  readonly requestTimeoutMs: number;
  /** How often both timeouts are looked at. */
  readonly timeoutCheckIntervalMs: number;
  /** How long a connection stays open with no request on it. */
  readonly idleConnectionTimeoutMs: number;
  /** Open connections; more are closed as they come. */
  readonly connections: number;
  /** How long a client may read nothing of an answer before its connection is closed. */
  readonly unreadAnswerTimeoutMs: number;
  /** How long, and how many bytes, of a refused body are read and thrown away, so that its sender sees the refusal. */
  readonly refusedBodyTimeoutMs: number;
  readonly refusedBodyBytes: number;
  /** Calls in flight of one client; more are answered 429. */
  readonly callsPerClient: number;
  /** Calls in flight of all clients; more are answered 503. */
  readonly calls: number;
  /** How fast one client's bucket refills; an empty one is answered 429. */
  readonly requestsPerSecondPerClient: number;
  /** Requests at once after a pause: what the bucket holds. */
  readonly requestBurstPerClient: number;
  /** Requests in one batch, which revision 2025-03-26 alone knows. */
  readonly batchRequests: number;
  /** Sessions of 2025-era clients; at the limit a client's least recently used idle one makes room. */
  readonly sessionsPerClient: number;
  readonly sessions: number;
  /** How long a session lives with no request and no stream on it. */
  readonly sessionIdleTimeoutMs: number;
  /** Open `subscriptions/listen` streams. */
  readonly subscriptions: number;
  /** How often a silent stream gets a comment, so that proxies leave it open. */
  readonly streamCommentIntervalMs: number;
  /** How long calls may go on after the shutdown has begun. */
  readonly shutdownGraceMs: number;
  /** From the beginning of the shutdown until whatever is still open is cut off. */
  readonly shutdownTimeoutMs: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  bodyBytes: 4 * 1024 * 1024,
  bodyValues: 50_000,
  headersBytes: 16 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  timeoutCheckIntervalMs: 1_000,
  idleConnectionTimeoutMs: 30_000,
  connections: 1_024,
  unreadAnswerTimeoutMs: 30_000,
  refusedBodyTimeoutMs: 2_000,
  refusedBodyBytes: 64 * 1024 * 1024,
  callsPerClient: 64,
  calls: 256,
  requestsPerSecondPerClient: 100,
  requestBurstPerClient: 400,
  batchRequests: 16,
  sessionsPerClient: 32,
  sessions: 256,
  sessionIdleTimeoutMs: 30 * 60_000,
  subscriptions: 128,
  streamCommentIntervalMs: 15_000,
  shutdownGraceMs: 1_000,
  shutdownTimeoutMs: 4_000,
};
