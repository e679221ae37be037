import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

const SLICE_BYTES = 64 * 1024;

export interface SendOptions {
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
  readonly unreadAnswerTimeoutMs: number;
}

/** Writes the SDK's answer at the speed at which it is read. Never rejects: a client that has gone gets nothing. */
export async function sendWebResponse(
  source: Response,
  response: ServerResponse,
  options: SendOptions,
): Promise<void> {
  const { signal } = options;
  if (signal.aborted || response.destroyed) {
    await source.body?.cancel().catch(() => undefined);
    response.destroy();
    return;
  }
  response.writeHead(source.status, { ...Object.fromEntries(source.headers), ...options.headers });
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = source.body?.getReader();
  if (!reader) {
    response.end();
    return;
  }
  // A silent stream notices at once, not with its next chunk.
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    // A stream's status and headers go out before its first message.
    response.flushHeaders();
    for (;;) {
      const chunk = await reader.read();
      if (chunk.done) break;
      await writeInSlices(chunk.value, response, options);
      if (response.destroyed) break;
    }
  } catch {
    response.destroy();
  } finally {
    signal.removeEventListener('abort', cancel);
    response.end();
  }
}

/** Each slice has its own time, so that whoever reads slowly, but reads, gets a large answer to its end. */
async function writeInSlices(
  bytes: Uint8Array,
  response: ServerResponse,
  options: SendOptions,
): Promise<void> {
  for (let offset = 0; offset < bytes.length && !response.destroyed; offset += SLICE_BYTES) {
    const slice = bytes.subarray(offset, offset + SLICE_BYTES);
    if (!response.write(slice)) await drained(response, options);
  }
}

/** @throws AbortError when the client has gone or reads nothing for too long */
async function drained(response: ServerResponse, options: SendOptions): Promise<void> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), options.unreadAnswerTimeoutMs);
  try {
    await once(response, 'drain', { signal: AbortSignal.any([options.signal, limit.signal]) });
  } finally {
    clearTimeout(timer);
  }
}
