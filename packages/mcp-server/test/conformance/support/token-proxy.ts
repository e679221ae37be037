import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpServing } from '../../../src/http/http-serving.ts';

export interface TokenProxy extends AsyncDisposable {
  readonly url: string;
}

/** Passes everything on as it is, `Host` and `Origin` included, with the token added. */
export async function startTokenProxy({
  url,
  token,
}: Pick<HttpServing, 'token' | 'url'>): Promise<TokenProxy> {
  const target = new URL(url);
  const proxy = createServer((incoming, outgoing) => {
    const onward = forward(
      {
        host: target.hostname,
        port: target.port,
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, authorization: `Bearer ${token ?? ''}` },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    [Symbol.asyncDispose]: async () => {
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
