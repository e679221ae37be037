import { get } from 'node:http';

const PING_TIMEOUT_MS = 2000;

/** Whether an engine answers at this socket. */
export function pingEngine(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ socketPath, path: '/_ping', timeout: PING_TIMEOUT_MS, agent: false });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('close', () => {
      resolve(false);
    });
    request.on('error', () => {
      resolve(false);
    });
  });
}
