import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BarePage extends AsyncDisposable {
  readonly url: string;
}

/** Somebody else's page on this machine, without any policy: whatever it may not do, it is refused by others. */
export async function openBarePage(): Promise<BarePage> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>bare</title><p>bare</p>');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
