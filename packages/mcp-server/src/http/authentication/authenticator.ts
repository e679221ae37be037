import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../exchange/request-refused.ts';

export interface Authenticator {
  /** What clients have to send; null where each has a token of its own. */
  readonly token: string | null;
  /** RFC 9728: where to get a token for this server; null where no authorization server gives them out. */
  readonly metadata: ProtectedResourceMetadata | null;
  /**
   * @returns whose request it is: a hash that gives nothing of the token away
   * @throws RequestRefused 401, 403 or 503
   */
  authenticate(request: IncomingMessage): Promise<string>;
}

export interface ProtectedResourceMetadata {
  readonly path: string;
  readonly document: Readonly<Record<string, unknown>>;
}

export type Challenge = Pick<Refusal, 'message' | 'status'> & {
  /** Of RFC 6750; null where no token was sent. */
  readonly error: 'insufficient_scope' | 'invalid_token' | null;
};
