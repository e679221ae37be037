import type { IncomingMessage } from 'node:http';
import type { HttpLimits } from '../http-limits.ts';

/** Reads what still comes and throws it away, up to a bound. Never rejects. */
export async function discardBody(
  request: IncomingMessage,
  limits: Pick<HttpLimits, 'refusedBodyBytes' | 'refusedBodyTimeoutMs'>,
): Promise<void> {
  if (request.complete || request.destroyed) return;
  await new Promise<void>((resolve) => {
    let leftBytes = limits.refusedBodyBytes;
    const timer = setTimeout(stop, limits.refusedBodyTimeoutMs);
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
