/** The endpoint accepted the request, and then sent nothing for too long. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
  readonly limitMs: number;
  /** Before the answer's status, or between two pieces of its body. */
  readonly where: 'answer' | 'body';

  constructor(where: 'answer' | 'body', limitMs: number) {
    super(`nothing came for ${limitMs} ms`);
    this.where = where;
    this.limitMs = limitMs;
  }
}
