/** The endpoint sends more than any answer needs. */
export class OversizedError extends Error {
  override readonly name = 'OversizedError';
  readonly limitBytes: number;

  constructor(limitBytes: number) {
    super(`more than ${limitBytes} bytes came`);
    this.limitBytes = limitBytes;
  }
}
