import { once } from 'node:events';
import { connect } from 'node:net';

/** What a server answers to these very bytes: clients that behave do not send them. */
export async function rawRequest(
  port: number,
  head: string,
  body: Uint8Array | string = '',
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.write(head.replaceAll('\n', '\r\n'));
  socket.write(body);
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
  });
  await once(socket, 'close');
  return answer;
}

export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (?<status>\d{3})/u.exec(answer)?.groups?.['status']);
}
