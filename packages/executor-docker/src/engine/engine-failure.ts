/** The engine answered, and not with success. */
export class EngineResponseError extends Error {
  override readonly name: string = 'EngineResponseError';
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** What the engine reports in the middle of a stream that began with 200. */
export class EngineStreamError extends Error {
  override readonly name: string = 'EngineStreamError';
}

/** Something answers, and it is no engine. */
export class NotAnEngineError extends Error {
  override readonly name: string = 'NotAnEngineError';
}

/** Nothing came within the time that the call has. */
export class EngineTimeoutError extends Error {
  override readonly name: string = 'EngineTimeoutError';
  readonly code = 'ETIMEDOUT';
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

/** `ssh` ended before the engine was reached. */
export class SshFailedError extends Error {
  override readonly name: string = 'SshFailedError';
}

/** The connection was given back by `close()`. */
export class EngineClosedError extends Error {
  override readonly name: string = 'EngineClosedError';
}

/** The parts of any failure by which it is told from others. */
export interface EngineFailure {
  /** Of the HTTP answer; null where none came. */
  readonly statusCode: number | null;
  /** Of Node.js: `ECONNREFUSED`. */
  readonly code: string | null;
  /** What the engine or the system says, without line ends. */
  readonly text: string;
}

export function readFailure(error: unknown): EngineFailure {
  const isObject = typeof error === 'object' && error !== null;
  const code = isObject && 'code' in error && typeof error.code === 'string' ? error.code : null;
  const message = error instanceof Error ? error.message : String(error);
  return {
    statusCode: error instanceof EngineResponseError ? error.statusCode : null,
    code,
    // Several addresses of one name fail together, and their common error has no text of its own.
    text: (message || firstMessage(error) || code || 'unknown failure').replaceAll(/\s+/gu, ' ').trim(),
  };
}

function firstMessage(error: unknown): string {
  if (!(error instanceof AggregateError)) return '';
  const first: unknown = error.errors[0];
  return first instanceof Error ? first.message : '';
}
