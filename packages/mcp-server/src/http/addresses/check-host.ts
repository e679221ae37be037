import type { IncomingMessage } from 'node:http';
import { RequestRefused } from '../exchange/request-refused.ts';

const HOST = /^(?<name>\[[\d:.a-f]+\]|[\w.-]+)(?::(?<port>\d{1,5}))?$/iu;
const HIGHEST_PORT = 65_535;

/**
 * A page whose name was pointed at this machine sends that name along: what is not expected here is refused.
 *
 * @throws RequestRefused 403
 */
export function checkHost(request: IncomingMessage, allowedHosts: ReadonlySet<string>): void {
  // Of two headers Node.js takes the first, a proxy before it perhaps the second.
  const sent = request.headersDistinct.host ?? [];
  const { name, port } = (sent.length === 1 ? HOST.exec(sent[0] ?? '')?.groups : undefined) ?? {};
  const isPort = Number(port ?? 0) <= HIGHEST_PORT;
  if (name !== undefined && isPort && allowedHosts.has(name.toLowerCase())) return;
  throw new RequestRefused({
    status: 403,
    message:
      'This server does not answer to the name in the Host header. Whoever runs it can allow that name.',
  });
}
