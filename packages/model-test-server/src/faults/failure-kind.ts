/** What a service says no with, in its own words and with its own status. */
export type FailureKind =
  | 'bad key'
  | 'unknown model'
  | 'no credit'
  | 'rate limit'
  | 'context too long'
  | 'overloaded'
  | 'server error';

export interface Failure {
  readonly status: number;
  readonly body: unknown;
}

export type FailureTable = Readonly<Record<FailureKind, Failure>>;
