/** A server that listens. */
export interface HttpServing {
  /** `http://ADDRESS:PORT/mcp` */
  readonly url: string;
  /** What clients have to send as bearer token; null where each has one of its own. */
  readonly token: string | null;
  /**
   * Takes no new request, ends every call, stream and session, and resolves with nothing left of them, within
   * `shutdownTimeoutMs`. The service is disposed of by whoever made it. Without effect the second time.
   */
  close(): Promise<void>;
}
