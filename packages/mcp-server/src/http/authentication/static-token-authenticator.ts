import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ClocheError } from '@cloche/core/executor';
import { RequestRefused } from '../exchange/request-refused.ts';
import type { Authenticator } from './authenticator.ts';
import { principalOf } from './principal-of.ts';
import { readBearerToken } from './read-bearer-token.ts';

const TOKEN_BYTES = 32;
const TOKEN = /^[\w.~+/-]{16,}=*$/u;

/** One secret for everybody. Guards a person's own machine, or a server behind something that tells clients apart. */
export class StaticTokenAuthenticator implements Authenticator {
  readonly token: string;
  readonly metadata = null;
  readonly #digest: Buffer;
  readonly #principal: string;

  /** @throws ClocheError ERR_CONFIG_INVALID where the token is too short or cannot stand in a header */
  constructor(token: string = randomBytes(TOKEN_BYTES).toString('base64url')) {
    if (!TOKEN.test(token)) throw unusableToken();
    this.token = token;
    this.#digest = digest(token);
    this.#principal = principalOf('token', token);
  }

  authenticate(request: IncomingMessage): Promise<string> {
    const sent = readBearerToken(request);
    // Digests have one length and are not to be guessed byte by byte.
    if (sent !== null && timingSafeEqual(digest(sent), this.#digest)) return Promise.resolve(this.#principal);
    const wrong = sent === null ? '' : ', error="invalid_token"';
    return Promise.reject(
      new RequestRefused({
        status: 401,
        message:
          sent === null
            ? 'A bearer token is needed: send the header "Authorization: Bearer TOKEN" with the token of this server.'
            : 'This is not the token of this server.',
        headers: { 'WWW-Authenticate': `Bearer realm="cloche"${wrong}` },
      }),
    );
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function unusableToken(): ClocheError {
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: 'The token for HTTP (CLOCHE_HTTP_TOKEN) is shorter than 16 characters, or has one that a header cannot carry.',
      zh: 'HTTP 令牌（CLOCHE_HTTP_TOKEN）少于 16 个字符，或含有请求头不能携带的字符。',
    },
    hint: {
      en: 'Make one with: openssl rand -hex 32',
      zh: '可用以下命令生成：openssl rand -hex 32',
    },
  });
}
