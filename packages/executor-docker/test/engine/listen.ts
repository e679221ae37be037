import type net from 'node:net';

export interface ListeningServer {
  /** 0 for a socket. */
  readonly port: number;
  /** Ends every connection too, and those that were upgraded. */
  close(): Promise<void>;
}

export async function listen(
  server: net.Server,
  place: { readonly path: string } | { readonly port: number },
): Promise<ListeningServer> {
  const sockets = new Set<net.Socket>();
  const remember = (socket: net.Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  server.on('connection', remember);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', ...place }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
