import type { IncomingMessage } from 'node:http';
import { RequestRefused } from '../http/request-refused.ts';
import type { Tokens } from './tokens.ts';

const BEARER = /^Bearer (?<token>[\w.~+/=-]{1,512})$/iu;

/** Null where there is none, or more than one. */
export function bearerToken(request: IncomingMessage): string | null {
  const [header = '', ...further] = request.headersDistinct.authorization ?? [];
  return further.length > 0 ? null : (BEARER.exec(header)?.groups?.['token'] ?? null);
}

/** @throws RequestRefused 401 */
export function authenticate(request: IncomingMessage, tokens: Tokens): void {
  const token = bearerToken(request);
  if (token === null || !tokens.isGood(token)) throw notKnown();
}

export function notKnown(): RequestRefused {
  return new RequestRefused({
    status: 401,
    message: {
      en: 'This page is not known to the server: its address was used before, or belongs to another start.',
      zh: '服务器不认识此页面：其地址已使用过，或属于另一次启动。',
    },
    hint: {
      en: 'Open the address anew that cloche ui prints.',
      zh: '请重新打开 cloche ui 输出的地址。',
    },
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}
