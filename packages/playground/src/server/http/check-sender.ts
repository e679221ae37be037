import type { IncomingMessage } from 'node:http';
import { RequestRefused } from './request-refused.ts';

const NAME = '127.0.0.1';

/**
 * Where a person who typed `localhost` is sent, with the ticket in the fragment, which a browser takes along. Null: it was
 * another name. No page lives under that name: where it also means `::1`, another user may listen there on the same port
 * and pass on what proves a server.
 */
export function ownAddressOf(request: IncomingMessage, port: number): string | null {
  const hosts = request.headersDistinct.host ?? [];
  const isLocalhost = hosts.length === 1 && hosts[0]?.toLowerCase() === `localhost:${port}`;
  return isLocalhost ? `http://${NAME}:${port}/` : null;
}

/**
 * Refuses what another web page sends. Such a page reaches loopback ports: under a name of its own that it has pointed
 * here (then `Host` names it), or from its own origin (then `Origin` or `Sec-Fetch-Site` say so).
 *
 * @throws RequestRefused 403
 */
export function checkSender(request: IncomingMessage, port: number, isOpening: boolean): void {
  // Of two headers Node.js takes the first; neither is then to be believed.
  const [host = '', ...further] = request.headersDistinct.host ?? [];
  if (further.length > 0 || host.toLowerCase() !== `${NAME}:${port}`) {
    throw refused(
      'This server does not answer to the name in the Host header.',
      '此服务器不响应该 Host 请求头中的名称。',
    );
  }
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isForeign = origin !== undefined && origin !== `http://${host.toLowerCase()}`;
  // The first page may be opened from anywhere, by a file or another program: it holds nothing without its ticket.
  const isFromElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none' && !isOpening;
  if (!isForeign && !isFromElsewhere) return;
  throw refused('Other web pages may not call this server.', '其他网页不能调用此服务器。');
}

function refused(en: string, zh: string): RequestRefused {
  return new RequestRefused({ status: 403, message: { en, zh } });
}
