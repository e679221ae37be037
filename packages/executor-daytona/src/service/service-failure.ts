/** What went wrong with a request, as far as it can be told. */
export type FailureKind =
  /** 401. */
  | 'key'
  /** 403: the key may not do this. */
  | 'permission'
  /** 402, or 403 since the organization is suspended. */
  | 'balance'
  /** A limit of the organization. */
  | 'quota'
  /** 429. */
  | 'rate'
  /** Another 4xx: the request makes no sense to the service. */
  | 'request'
  /** 404. */
  | 'missing'
  /** 409. */
  | 'conflict'
  /** 5xx. */
  | 'server'
  /** No connection, or one that was cut. */
  | 'network'
  /** No answer in time. */
  | 'silence'
  /** An answer that no Daytona API gives. */
  | 'address';

/** One failed request to the service. Holds no header and no credential. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  readonly kind: FailureKind;
  /** Null where there was no answer. */
  readonly statusCode: number | null;
  /** What the service asks for before the next try, milliseconds; null where it says nothing. */
  readonly retryAfterMs: number | null;
  /** Whether the request cannot have had an effect: it was refused, or never sent. */
  readonly hadNoEffect: boolean;

  constructor(
    message: string,
    facts: Pick<ServiceFailure, 'kind' | 'statusCode' | 'retryAfterMs' | 'hadNoEffect'>,
  ) {
    super(message);
    this.kind = facts.kind;
    this.statusCode = facts.statusCode;
    this.retryAfterMs = facts.retryAfterMs;
    this.hadNoEffect = facts.hadNoEffect;
  }
}

export const NOT_AN_API = 'the answer is not that of a Daytona API';

/** A failure that no answer of the service speaks of. It may have had an effect. */
export function serviceFailure(kind: FailureKind, message: string): ServiceFailure {
  return new ServiceFailure(message, { kind, statusCode: null, retryAfterMs: null, hadNoEffect: false });
}
