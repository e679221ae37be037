import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { EndpointTransport, TlsMaterial } from './engine-endpoint.ts';
import type { SshProgram } from './ssh-transport.ts';
import { SshConnection } from './ssh-transport.ts';

/** Opens one connection. What goes wrong comes as the stream's `error`. */
export function connectEndpoint(transport: EndpointTransport, ssh: SshProgram): Duplex {
  switch (transport.kind) {
    case 'socket':
      return net.connect({ path: transport.path });
    case 'tcp':
      return connectTcp(transport.host, transport.port, transport.tls);
    case 'ssh':
      return new SshConnection(transport, ssh);
  }
}

function connectTcp(host: string, port: number, material: TlsMaterial | null): Duplex {
  if (material === null) return net.connect({ host, port, noDelay: true, keepAlive: true });
  const socket = tls.connect({
    host,
    port,
    ...(net.isIP(host) === 0 && { servername: host }),
    ...(material.authority !== null && { ca: material.authority }),
    ...(material.certificate !== null && { cert: material.certificate }),
    ...(material.key !== null && { key: material.key }),
    rejectUnauthorized: material.isVerified,
    ALPNProtocols: ['http/1.1'],
  });
  socket.setNoDelay(true);
  socket.setKeepAlive(true);
  return socket;
}
