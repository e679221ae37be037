import type { IncomingMessage } from 'node:http';
import { badRequest, RequestRefused } from './request-refused.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The body as JSON.
 *
 * @throws RequestRefused 415 where it is said to be something else, 413 past the limit, without keeping what came, 400
 *   where it breaks off or is not JSON
 */
export async function readJsonBody(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;|$)/iu.test(type)) {
    throw new RequestRefused({
      status: 415,
      message: {
        en: 'The Content-Type must be application/json.',
        zh: 'Content-Type 必须是 application/json。',
      },
    });
  }
  const body = await readBody(request, limitBytes);
  try {
    return JSON.parse(decoder.decode(body)) as unknown;
  } catch {
    throw badRequest('The body is not JSON in UTF-8.', '请求体不是 UTF-8 编码的 JSON。');
  }
}

async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  return new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let receivedBytes = 0;
    const stop = (): void => {
      request.off('data', take).off('end', finish).off('error', breakOff).off('close', breakOff).pause();
    };
    function take(chunk: Buffer): void {
      receivedBytes += chunk.byteLength;
      if (receivedBytes <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      stop();
      reject(tooLarge(limitBytes));
    }
    function finish(): void {
      stop();
      resolve(Buffer.concat(chunks, receivedBytes));
    }
    function breakOff(): void {
      stop();
      reject(badRequest('The request broke off before its body was complete.', '请求体尚未完整即已中断。'));
    }
    request.on('data', take).on('end', finish).on('error', breakOff).on('close', breakOff);
  });
}

function tooLarge(limitBytes: number): RequestRefused {
  const mebibytes = Math.round((limitBytes / 1024 / 1024) * 100) / 100;
  return new RequestRefused({
    status: 413,
    message: {
      en: `The request is larger than ${mebibytes} MiB.`,
      zh: `请求大于 ${mebibytes} MiB。`,
    },
    hint: { en: 'Leave out the largest files.', zh: '请去掉最大的文件。' },
  });
}
