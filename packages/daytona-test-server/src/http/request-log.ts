import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '../operation.ts';

/** A request that arrived; never its headers, which hold the key. */
export interface RecordedRequest {
  readonly operation: Operation;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Milliseconds of the Unix epoch, as `Date.now()` counts them. */
  readonly startedAtMs: number;
  /** Null while the connection waits for its answer or is still sending it. */
  readonly endedAtMs: number | null;
  /** Null where no status was ever sent. */
  readonly status: number | null;
}

export class RequestLog {
  #requests: RecordedRequest[] = [];

  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  forget(): void {
    this.#requests = [];
  }

  record(operation: Operation, path: string, message: IncomingMessage, response: ServerResponse): void {
    const entry = {
      operation,
      method: message.method ?? '',
      path,
      startedAtMs: Date.now(),
      endedAtMs: null as number | null,
      status: null as number | null,
    };
    this.#requests.push(entry);
    response.once('close', () => {
      entry.endedAtMs = Date.now();
      entry.status = response.headersSent ? response.statusCode : null;
    });
  }
}
