import type { ApiError } from '../../api/runs.ts';

/** The server said no, and why. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly error: ApiError;

  constructor(status: number, error: ApiError) {
    super(error.message);
    this.name = 'ApiFailure';
    this.status = status;
    this.error = error;
  }
}

/** The server did not answer at all. */
export class ServerGone extends Error {
  constructor(cause: unknown) {
    super('the server does not answer', { cause });
    this.name = 'ServerGone';
  }
}
