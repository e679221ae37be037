import { createHmac, randomBytes } from 'node:crypto';
import type { ProofSecret } from '../../api/http-routes.ts';

const SESSION = /^[\w-]{22}$/u;
const CHALLENGE = /^[\w-]{16,128}$/u;

/**
 * Tells a page that it speaks to a server of its user. When a server has ended, any program may take its port, and would
 * get the token of a page that comes back unasked.
 */
export class Proofs {
  readonly #key: Uint8Array;
  readonly #port: number;

  /** @param key the one of the user's tokens */
  constructor(key: Uint8Array, port: number) {
    this.#key = key;
    this.#port = port;
  }

  issue(): ProofSecret {
    const id = randomBytes(16).toString('base64url');
    return { id, key: this.#secretOf(id).toString('base64url') };
  }

  /** Null where the session or the challenge is none. */
  answer(session: string, challenge: string): string | null {
    if (!SESSION.test(session) || !CHALLENGE.test(challenge)) return null;
    return createHmac('sha256', this.#secretOf(session)).update(challenge).digest('base64url');
  }

  #secretOf(id: string): Buffer {
    return createHmac('sha256', this.#key).update(`cloche playground proof ${this.#port} ${id}`).digest();
  }
}
