import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceAnswerError } from '../failures/service-answer-error.ts';
import type { CallLimits } from './call-limits.ts';
import { OversizedError } from './oversized-error.ts';
import { readAnswerBody } from './read-answer-body.ts';
import { retryDelay } from './retry-delay.ts';
import { SilenceWatch } from './silence-watch.ts';

/** The headers in which keys travel. */
const KEY_HEADERS = ['authorization', 'x-api-key', 'x-goog-api-key'];
/** What is no stream of events, whatever its status says. */
const NO_STREAM: ReadonlySet<string> = new Set(['text/html', 'application/json']);
const TAIL_LENGTH = 64;

export interface GuardOptions {
  readonly limits: CallLimits;
  /** False: no header with a key is sent, whatever a provider package puts there. */
  readonly hasKey: boolean;
  /** What is asked for. */
  readonly expects: 'events' | 'json';
  /** Told the last bytes of a body that ended well, as text. */
  readonly onBodyEnd?: (tail: string) => void;
}

/**
 * `fetch` for the calls of a model: no redirect is followed (only one of the headers with a key would be left out
 * towards another host), a silent endpoint is given up, and where the service says that it has not begun, the call is
 * made again after the delay that it names.
 *
 * @returns a function that rejects with `ServiceAnswerError` where the answer is not the one that was asked for
 */
export function guardedFetch(options: GuardOptions): typeof globalThis.fetch {
  const { limits, hasKey, expects } = options;
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (!hasKey) for (const name of KEY_HEADERS) headers.delete(name);
    const request = { ...init, headers, redirect: 'manual' as const };
    for (let retriesLeft = limits.maximumRetries; ; retriesLeft -= 1) {
      const response = await fetchWatched(input, request, options);
      if (response.ok && !(expects === 'events' && NO_STREAM.has(contentType(response)))) return response;
      const answer = new ServiceAnswerError(response, await readAnswerBody(response));
      const delayMs = retryDelay(answer);
      if (delayMs === null || retriesLeft <= 0 || delayMs > limits.maximumRetryDelayMs) throw answer;
      await sleep(delayMs, undefined, init?.signal ? { signal: init.signal } : {});
    }
  };
}

function contentType({ headers }: Response): string {
  return headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

async function fetchWatched(
  input: Parameters<typeof fetch>[0],
  init: RequestInit,
  options: GuardOptions,
): Promise<Response> {
  const given = new AbortController();
  const watch = new SilenceWatch((error) => given.abort(error));
  watch.expect('answer', options.limits.answerTimeoutMs);
  try {
    const signal = init.signal ? AbortSignal.any([init.signal, given.signal]) : given.signal;
    const response = await fetch(input, { ...init, signal });
    if (response.body === null) return response;
    return withBody(response, watched(response.body, watch, options));
  } finally {
    watch.rest();
  }
}

/** The same bytes as they come; fails where they stop coming. */
function watched(
  body: ReadableStream<Uint8Array>,
  watch: SilenceWatch,
  { limits, onBodyEnd }: GuardOptions,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let tail = Buffer.alloc(0);
  let byteCount = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      watch.expect('body', limits.silenceTimeoutMs);
      try {
        const { done, value } = await reader.read();
        if (done) {
          onBodyEnd?.(tail.toString('latin1'));
          controller.close();
          return;
        }
        byteCount += value.byteLength;
        if (byteCount > limits.maximumAnswerBytes) {
          const error = new OversizedError(limits.maximumAnswerBytes);
          // The endpoint hears of it, whenever that may be.
          void reader.cancel(error).catch(() => undefined);
          throw error;
        }
        tail = Buffer.concat([tail, value.subarray(-TAIL_LENGTH)]).subarray(-TAIL_LENGTH);
        controller.enqueue(value);
      } catch (error) {
        controller.error(error);
      } finally {
        watch.rest();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function withBody(response: Response, body: ReadableStream<Uint8Array>): Response {
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}
