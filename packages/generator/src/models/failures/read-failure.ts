import { readRetryAfter } from './read-retry-after.ts';
import { OversizedError } from '../stream/oversized-error.ts';
import { SilenceError } from '../stream/silence-error.ts';
import { FORBIDDEN_PORT, NO_FACTS } from './failure-kind.ts';
import type { FailureFacts } from './failure-kind.ts';
import { readServiceWords } from './read-service-words.ts';
import type { ServiceWords } from './read-service-words.ts';
import { ServiceAnswerError, UnfinishedAnswerError } from './service-answer-error.ts';
import { fields, words } from '../untyped.ts';
import { parseJson } from '../parse-json.ts';

const MAXIMUM_CAUSES = 8;
/** The AI SDK's name for what a service says in an event of its own. */
const SERVICE_EVENT = 'AI_StreamProviderError';
const NETWORK_CODE =
  /^(?:E[A-Z]{3,}$|EAI_[A-Z]+$|UND_ERR_|ERR_TLS|ERR_SSL|HPE_|CERT_|[A-Z_]+_CERT|UNABLE_TO_)/u;
/** Names of the AI SDK's errors for something that cannot be read. */
const MALFORMED: ReadonlySet<string> = new Set([
  'AI_JSONParseError',
  'AI_TypeValidationError',
  'AI_InvalidResponseDataError',
]);

/** Reads what the AI SDK, `fetch` or a service's own event says of a failure. Loads nothing of the SDK for that. */
export function readFailure(error: unknown): FailureFacts {
  const chain = causes(error);
  const silence = chain.find((cause) => cause instanceof SilenceError) ?? null;
  const oversized = chain.find((cause) => cause instanceof OversizedError) ?? null;
  const names = chain.map((cause) => words(fields(cause)['name']));
  const networkCode = findNetworkCode(chain);
  const isMalformed = names.some((name) => name !== null && MALFORMED.has(name));
  const call = chain.find((cause) => fields(cause)['name'] === 'AI_APICallError');
  const { statusCode, responseHeaders, responseBody, data } = fields(call);
  // Undici's error for what is no HTTP has a name alone.
  const isUnsent = call !== undefined && statusCode === undefined && data === undefined && !isMalformed;
  const base: FailureFacts = {
    ...NO_FACTS,
    networkCode: networkCode ?? (isUnsent ? (names.at(-1) ?? null) : null),
    silence: silence === null ? null : { where: silence.where, limitMs: silence.limitMs },
    oversizedBytes: oversized?.limitBytes ?? null,
    isMalformed,
    isCut: chain.some((cause) => cause instanceof UnfinishedAnswerError),
  };
  const answer = chain.find((cause) => cause instanceof ServiceAnswerError);
  if (answer !== undefined) return withAnswer(base, answer.status, answer.headers, answer.body);
  if (typeof statusCode === 'number' && statusCode >= 300) {
    const headers = new Headers(fields(responseHeaders) as Record<string, string>);
    return withAnswer(base, statusCode, headers, words(responseBody) ?? JSON.stringify(data ?? ''));
  }
  if (base.isMalformed || base.networkCode !== null) {
    // The answer had begun when the connection was lost.
    return { ...base, isCut: base.isCut || (typeof statusCode === 'number' && networkCode !== null) };
  }
  if (error instanceof Error && error.name !== SERVICE_EVENT) {
    return { ...base, isOurs: !base.isCut && base.silence === null, said: words(error.message) };
  }
  return withEvent(base, error);
}

function withAnswer(base: FailureFacts, status: number, headers: Headers, body: string): FailureFacts {
  const said: ServiceWords = readServiceWords(parseJson(body));
  return {
    ...base,
    status,
    codes: said.codes,
    said: said.said,
    retryAfterMs: readRetryAfter(headers) ?? said.retryAfterMs,
    location: headers.get('location'),
    contentType: headers.get('content-type')?.split(';', 1)[0]?.trim() ?? null,
    isMalformed: false,
  };
}

/** A failure that the service described in the middle of its answer. */
function withEvent(base: FailureFacts, error: unknown): FailureFacts {
  const { statusCode, data, code, type } = fields(error);
  const event = readServiceWords(typeof error === 'string' ? { message: error } : (data ?? error));
  const own = [code, type].flatMap((word) => words(word)?.toLowerCase() ?? []);
  return {
    ...base,
    status: typeof statusCode === 'number' ? statusCode : event.status,
    codes: [...event.codes, ...own],
    said: event.said ?? words(fields(error)['message']),
    retryAfterMs: event.retryAfterMs,
  };
}

function causes(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let cause = error; cause !== undefined && cause !== null && chain.length < MAXIMUM_CAUSES;) {
    chain.push(cause);
    const { cause: next, lastError } = fields(cause);
    cause = next ?? lastError;
  }
  return chain;
}

/** Those of services stand in a field of the same name. */
function findNetworkCode(chain: readonly unknown[]): string | null {
  for (const cause of chain) {
    if (!(cause instanceof Error) || cause.name === SERVICE_EVENT) continue;
    // The one failure of `fetch` before it connects that has no code.
    if (cause.message === 'bad port') return FORBIDDEN_PORT;
    const code = words(fields(cause)['code']);
    if (code !== null && NETWORK_CODE.test(code)) return code;
  }
  return null;
}
