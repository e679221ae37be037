import { REJECTED, TOO_LONG } from './said-failure.ts';
import type { SaidFailure } from './said-failure.ts';

/** As the services with an API of their own describe failures, beside the usual ones. */
export const OWN_SERVICE_FAILURES: readonly SaidFailure[] = [
  {
    service: 'Google, another project',
    status: 403,
    body: {
      error: {
        code: 403,
        message: 'Generative Language API has not been used in project 1 before or it is disabled.',
        status: 'PERMISSION_DENIED',
      },
    },
    comesTo: 'does not allow the use of test-model',
    provider: 'google',
  },
  {
    service: 'Anthropic, permission',
    status: 403,
    body: {
      type: 'error',
      error: {
        type: 'permission_error',
        message: 'Your API key does not have permission to use the specified resource.',
      },
    },
    comesTo: 'does not allow the use of test-model',
    provider: 'anthropic',
  },
  {
    service: 'Anthropic, size',
    status: 413,
    body: {
      type: 'error',
      error: { type: 'request_too_large', message: 'Request exceeds the maximum size' },
    },
    comesTo: TOO_LONG,
    provider: 'anthropic',
  },
  {
    service: 'OpenAI, region',
    status: 403,
    body: {
      error: {
        code: 'unsupported_country_region_territory',
        message: 'Country, region, or territory not supported',
        type: 'request_forbidden',
      },
    },
    comesTo: 'does not allow the use of test-model',
    provider: 'openai',
  },
  {
    service: 'OpenAI, unverified',
    status: 400,
    body: {
      error: {
        message: 'Your organization must be verified to stream this model.',
        type: 'invalid_request_error',
        param: 'stream',
        code: 'unsupported_value',
      },
    },
    comesTo: `${REJECTED} (HTTP status 400): “Your organization must be verified to stream this model.”`,
    provider: 'openai',
  },
];
