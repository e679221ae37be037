/** What can keep a model from answering; each has its words and its advice in `failure-texts.ts`. */
export type FailureKind =
  | 'bad_key'
  | 'no_key'
  | 'forbidden'
  | 'unknown_model'
  | 'wrong_address'
  | 'no_credit'
  | 'rate_limited'
  | 'context_too_long'
  | 'output_limit'
  | 'overloaded'
  | 'service_failed'
  | 'rejected'
  | 'late'
  | 'silent'
  | 'oversized'
  | 'cut'
  | 'malformed'
  | 'connection_refused'
  | 'connection_lost'
  | 'unknown_host'
  | 'unreachable'
  | 'forbidden_port'
  | 'certificate'
  | 'unknown';

/** What a failure says of itself. Null: it does not. */
export interface FailureFacts {
  readonly status: number | null;
  /** `insufficient_quota`, `overloaded_error`, `API_KEY_INVALID`: every word of the service for machines, lower case. */
  readonly codes: readonly string[];
  /** The service's own sentence, as it came. */
  readonly said: string | null;
  readonly retryAfterMs: number | null;
  /** Of a redirect. */
  readonly location: string | null;
  /** `application/json`; null where there was no answer. */
  readonly contentType: string | null;
  /** `ECONNREFUSED` and the like, {@link FORBIDDEN_PORT} among them. */
  readonly networkCode: string | null;
  /** Set where nothing came for so long. */
  readonly silence: { readonly where: 'answer' | 'body'; readonly limitMs: number } | null;
  /** Set where more than so many bytes came. */
  readonly oversizedBytes: number | null;
  /** Something came that is not an event of this API. */
  readonly isMalformed: boolean;
  /** The answer ended before its end. */
  readonly isCut: boolean;
  /** It came neither from the service nor from the network: the SDK or our own code failed. */
  readonly isOurs: boolean;
}

/** Our own code for a port that `fetch` opens to nobody: https://fetch.spec.whatwg.org/#port-blocking. */
export const FORBIDDEN_PORT = 'FORBIDDEN_PORT';

export const NO_FACTS: FailureFacts = {
  status: null,
  codes: [],
  said: null,
  retryAfterMs: null,
  location: null,
  contentType: null,
  networkCode: null,
  silence: null,
  oversizedBytes: null,
  isMalformed: false,
  isCut: false,
  isOurs: false,
};
