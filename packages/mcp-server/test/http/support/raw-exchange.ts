import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Sends bytes as they are and resolves with everything that came back until the server closed. */
export async function rawExchange(port: number, text: string): Promise<string> {
  const socket = await openSocket(port);
  socket.write(text);
  return readToEnd(socket);
}

export async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

export async function readToEnd(socket: Socket): Promise<string> {
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
  });
  // Not `once`, which rejects where the server resets the connection.
  await new Promise<void>((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
  return received;
}
