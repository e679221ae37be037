import type { GeneratorProvider } from '@cloche/core';
import { ServiceAnswerError } from '../failures/service-answer-error.ts';
import type { ResolvedModel } from '../resolved-model.ts';
import { serviceOf } from '../resolve/known-services.ts';
import { guardedFetch } from '../stream/guarded-fetch.ts';
import { SilenceWatch } from '../stream/silence-watch.ts';
import { readAnswerBody } from '../stream/read-answer-body.ts';
import type { ListedModel } from './listed-model.ts';
import { readModelList } from './read-model-list.ts';
import { parseJson } from '../parse-json.ts';

const MAXIMUM_LIST_BYTES = 8 * 1024 * 1024;
/** The whole list may take as many times as long as its beginning. */
const WHOLE_LIST_TIMES = 2;

interface ListCall {
  /** Behind the base address. */
  readonly path: string;
  readonly headers: (apiKey: string) => Readonly<Record<string, string>>;
}

const bearer = (apiKey: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${apiKey}` });

/** How each provider is asked what it offers, all on one page. */
const LIST_CALLS: Readonly<Record<GeneratorProvider, ListCall>> = {
  anthropic: {
    path: '/models?limit=1000',
    headers: (apiKey) => ({ 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }),
  },
  openai: { path: '/models', headers: bearer },
  google: { path: '/models?pageSize=1000', headers: (apiKey) => ({ 'x-goog-api-key': apiKey }) },
  compatible: { path: '/models', headers: bearer },
};

/**
 * Asks for the list once; costs no tokens.
 *
 * @throws whatever `fetch` or the service fails with; see `modelError`
 */
export async function fetchModelList(
  resolved: ResolvedModel,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  const { provider, baseUrl, apiKey } = resolved;
  const { path, headers } = LIST_CALLS[provider];
  const fetchList = guardedFetch({
    limits: {
      answerTimeoutMs: timeoutMs,
      silenceTimeoutMs: timeoutMs,
      maximumAnswerBytes: MAXIMUM_LIST_BYTES,
      maximumRetries: 0,
      maximumRetryDelayMs: 0,
    },
    hasKey: apiKey !== null,
    expects: 'json',
  });
  const whole = new AbortController();
  const watch = new SilenceWatch((error) => whole.abort(error));
  // What comes in drips is never silent, and never there.
  watch.expect('answer', timeoutMs * WHOLE_LIST_TIMES);
  try {
    const response = await fetchList(`${baseUrl ?? serviceOf(provider)?.baseUrl}${path}`, {
      headers: { accept: 'application/json', ...headers(apiKey ?? '') },
      signal: AbortSignal.any([signal, whole.signal]),
    });
    const body = await readAnswerBody(response, MAXIMUM_LIST_BYTES);
    const models = readModelList(parseJson(body));
    if (models === null) throw new ServiceAnswerError(response, body);
    return models;
  } finally {
    watch.rest();
  }
}
