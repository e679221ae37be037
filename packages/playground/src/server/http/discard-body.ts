import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 128 * 1024 * 1024;
const TIMEOUT_MS = 2_000;

/**
 * Reads what still comes of a refused request and throws it away, up to a bound: a connection that is closed on unread
 * bytes is reset, and the refusal is lost on its way. Never rejects.
 */
export async function discardBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  await new Promise<void>((resolve) => {
    let leftBytes = MOST_BYTES;
    const timer = setTimeout(stop, TIMEOUT_MS);
    const count = (chunk: Buffer): void => {
      leftBytes -= chunk.byteLength;
      if (leftBytes <= 0) stop();
    };
    function stop(): void {
      clearTimeout(timer);
      request.off('data', count).off('end', stop).off('close', stop);
      resolve();
    }
    request.on('data', count).on('end', stop).on('close', stop).resume();
  });
}
