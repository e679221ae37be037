/** An answer that is not the one that was asked for, with what of it says why. */
export class ServiceAnswerError extends Error {
  override readonly name = 'ServiceAnswerError';
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;

  constructor(response: Pick<Response, 'status' | 'headers'>, body: string) {
    super(`HTTP status ${response.status}`);
    this.status = response.status;
    this.headers = response.headers;
    this.body = body;
  }
}

/** The stream of an answer ended before it said that it does. */
export class UnfinishedAnswerError extends Error {
  override readonly name = 'UnfinishedAnswerError';
}
