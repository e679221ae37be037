import type { IncomingMessage } from 'node:http';

const BEARER = /^Bearer +(?<token>[\w.~+/-]+=*) *$/iu;

/** Tokens are taken from the header alone: an address ends up in logs. Null where there is none. */
export function readBearerToken(request: IncomingMessage): string | null {
  const sent = request.headersDistinct.authorization ?? [];
  return sent.length === 1 ? (BEARER.exec(sent[0] ?? '')?.groups?.token ?? null) : null;
}
