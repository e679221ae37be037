import type { IncomingMessage, ServerResponse } from 'node:http';
import { ByteCollector } from './byte-collector.ts';
import { RequestRefused } from './request-refused.ts';

/**
 * The whole body.
 *
 * @throws RequestRefused 413 past the limit, without keeping what came; 400 where the sender breaks off
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  limitBytes: number,
): Promise<Buffer> {
  if (Number(request.headers['content-length']) > limitBytes) throw tooLarge(limitBytes);
  if (request.headers.expect !== undefined) response.writeContinue();
  return new Promise<Buffer>((resolve, reject) => {
    // Not as much as was announced: who announces need not send.
    const collected = new ByteCollector();
    const stop = (): void => {
      request.off('data', take).off('end', finish).off('error', breakOff).off('close', breakOff).pause();
    };
    function take(chunk: Buffer): void {
      if (collected.length + chunk.length <= limitBytes) {
        collected.add(chunk);
        return;
      }
      stop();
      reject(tooLarge(limitBytes));
    }
    function finish(): void {
      stop();
      resolve(collected.bytes());
    }
    function breakOff(): void {
      stop();
      reject(
        new RequestRefused({ status: 400, message: 'The request broke off before its body was complete.' }),
      );
    }
    request.on('data', take).on('end', finish).on('error', breakOff).on('close', breakOff);
  });
}

function tooLarge(limitBytes: number): RequestRefused {
  return new RequestRefused({
    status: 413,
    message: `The request's body is larger than ${limitBytes} bytes. Send less at once.`,
  });
}
