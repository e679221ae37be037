/** Why a request is not served: everything that its sender is told. */
export interface Refusal {
  readonly status: number;
  /** What happened and what to do about it. */
  readonly message: string;
  /** Of JSON-RPC; default -32000, a server's own. */
  readonly code?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown to end a request with its refusal. */
export class RequestRefused extends Error {
  override readonly name: string = 'RequestRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
