/** A refusal: each service turns it into an answer of its own shape. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  readonly status: number;
  /** What the toolbox calls it; null: what it calls every refusal of this status. */
  readonly code: string | null;

  constructor(status: number, message: string, code: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
