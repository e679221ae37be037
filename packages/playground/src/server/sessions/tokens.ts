import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LIFETIME_MS = 7 * 24 * 3_600_000;
const TOKEN = /^(?<subject>[\w-]{22}\.[\da-z]{1,11})\.(?<signature>[\w-]{43})$/u;

/** What pages hold in memory: `RANDOM.EXPIRY.SIGNATURE`. The server keeps none of them. */
export class Tokens {
  readonly #key: Uint8Array;
  readonly #port: number;

  /** @param port of the server: a token is good for pages of one origin */
  constructor(key: Uint8Array, port: number) {
    this.#key = key;
    this.#port = port;
  }

  issue(nowMs: number = Date.now()): string {
    const subject = `${randomBytes(16).toString('base64url')}.${(nowMs + LIFETIME_MS).toString(36)}`;
    return `${subject}.${this.#sign(subject).toString('base64url')}`;
  }

  isGood(token: string, nowMs: number = Date.now()): boolean {
    const { subject = '', signature = '' } = TOKEN.exec(token)?.groups ?? {};
    if (subject === '') return false;
    const given = Buffer.from(signature, 'base64url');
    const wanted = this.#sign(subject);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false;
    return Number.parseInt(subject.slice(subject.indexOf('.') + 1), 36) >= nowMs;
  }

  #sign(subject: string): Buffer {
    return createHmac('sha256', this.#key).update(`cloche playground ${this.#port} ${subject}`).digest();
  }
}
