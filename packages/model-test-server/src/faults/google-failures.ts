import type { Failure, FailureTable } from './failure-kind.ts';

const TYPE = 'type.googleapis.com/google.rpc';

/** As Google documents them: ai.google.dev/gemini-api/docs/troubleshooting. */
export const GOOGLE_FAILURES: FailureTable = {
  'bad key': failure(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
    { '@type': `${TYPE}.ErrorInfo`, reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
  ]),
  'unknown model': failure(404, 'NOT_FOUND', 'models/no-such-model is not found for API version v1beta.'),
  'no credit': failure(403, 'PERMISSION_DENIED', 'This API method requires billing to be enabled.', [
    { '@type': `${TYPE}.ErrorInfo`, reason: 'BILLING_DISABLED', domain: 'googleapis.com' },
  ]),
  'rate limit': failure(
    429,
    'RESOURCE_EXHAUSTED',
    'You exceeded your current quota. Please retry in 34.07s.',
    [{ '@type': `${TYPE}.RetryInfo`, retryDelay: '34s' }],
  ),
  'context too long': failure(
    400,
    'INVALID_ARGUMENT',
    'The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).',
  ),
  overloaded: failure(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
  'server error': failure(500, 'INTERNAL', 'An internal error has occurred.'),
};

function failure(status: number, name: string, message: string, details?: readonly unknown[]): Failure {
  return { status, body: { error: { code: status, message, status: name, ...(details && { details }) } } };
}
