import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ClocheError } from '@cloche/core/executor';
import { RequestRefused } from '../exchange/request-refused.ts';
import type { Authenticator } from './authenticator.ts';
import { isUsableToken } from './is-usable-token.ts';
import { principalOf } from './principal-of.ts';
import { readBearerToken } from './read-bearer-token.ts';

const TOKEN_BYTES = 32;

/** Secrets that this server knows, each of them a client of its own. */
export class StaticTokenAuthenticator implements Authenticator {
  readonly token: string | null;
  readonly metadata = null;
  readonly #clients: readonly { readonly digest: Buffer; readonly principal: string }[];

  /** @throws ClocheError ERR_CONFIG_INVALID where there is none, or one is too short or cannot stand in a header */
  constructor(tokens: readonly string[] = [randomBytes(TOKEN_BYTES).toString('base64url')]) {
    if (tokens.length === 0 || !tokens.every(isUsableToken)) throw unusableToken();
    this.token = tokens.length === 1 ? (tokens[0] ?? null) : null;
    this.#clients = tokens.map((token) => ({
      digest: digest(token),
      principal: principalOf('token', token),
    }));
  }

  authenticate(request: IncomingMessage): Promise<string> {
    const sent = readBearerToken(request);
    const principal = sent === null ? null : this.#principalOf(digest(sent));
    if (principal !== null) return Promise.resolve(principal);
    const wrong = sent === null ? '' : ', error="invalid_token"';
    return Promise.reject(
      new RequestRefused({
        status: 401,
        message:
          sent === null
            ? 'A bearer token is needed: send the header "Authorization: Bearer TOKEN" with the token of this server.'
            : 'This is no token of this server. Send the one that it printed at its start, or was given.',
        headers: { 'WWW-Authenticate': `Bearer realm="cloche"${wrong}` },
      }),
    );
  }

  #principalOf(sent: Buffer): string | null {
    let found: string | null = null;
    for (const { digest: known, principal } of this.#clients) {
      // Digests have one length and are not to be guessed byte by byte; and all are looked at, whichever it is.
      if (timingSafeEqual(sent, known)) found = principal;
    }
    return found;
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
