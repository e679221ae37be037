import type { Failure, FailureTable } from './failure-kind.ts';

/** As OpenAI documents them: platform.openai.com/docs/guides/error-codes. */
export const OPENAI_FAILURES: FailureTable = {
  'bad key': failure(
    401,
    'Incorrect API key provided: sk-wrong.',
    'invalid_request_error',
    'invalid_api_key',
  ),
  'unknown model': failure(
    404,
    'The model `no-such-model` does not exist or you do not have access to it.',
    'invalid_request_error',
    'model_not_found',
  ),
  'no credit': failure(
    429,
    'You exceeded your current quota, please check your plan and billing details.',
    'insufficient_quota',
    'insufficient_quota',
  ),
  'rate limit': failure(
    429,
    'Rate limit reached for requests per minute.',
    'requests',
    'rate_limit_exceeded',
  ),
  'context too long': failure(
    400,
    "This model's maximum context length is 128000 tokens. However, your messages resulted in 200000 tokens.",
    'invalid_request_error',
    'context_length_exceeded',
  ),
  overloaded: failure(
    503,
    'The engine is currently overloaded, please try again later.',
    'server_error',
    null,
  ),
  'server error': failure(
    500,
    'The server had an error while processing your request.',
    'server_error',
    null,
  ),
};

function failure(status: number, message: string, type: string, code: string | null): Failure {
  return { status, body: { error: { message, type, param: null, code } } };
}
