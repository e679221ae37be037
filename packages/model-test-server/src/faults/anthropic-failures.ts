import type { Failure, FailureTable } from './failure-kind.ts';

/** As Anthropic documents them: docs.anthropic.com/en/api/errors. */
export const ANTHROPIC_FAILURES: FailureTable = {
  'bad key': failure(401, 'authentication_error', 'invalid x-api-key'),
  'unknown model': failure(404, 'not_found_error', 'model: no-such-model'),
  'no credit': failure(
    400,
    'invalid_request_error',
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ),
  'rate limit': failure(429, 'rate_limit_error', 'This request would exceed your rate limit.'),
  'context too long': failure(
    400,
    'invalid_request_error',
    'prompt is too long: 210000 tokens > 200000 maximum',
  ),
  overloaded: failure(529, 'overloaded_error', 'Overloaded'),
  'server error': failure(500, 'api_error', 'Internal server error'),
};

function failure(status: number, type: string, message: string): Failure {
  return { status, body: { type: 'error', error: { type, message }, request_id: 'req_test' } };
}
