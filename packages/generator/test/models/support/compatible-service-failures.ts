import { BAD_KEY, NO_CREDIT, NO_MODEL, RATE, REJECTED } from './said-failure.ts';
import type { SaidFailure } from './said-failure.ts';

/** As services that speak OpenAI’s chat completions describe failures. */
export const COMPATIBLE_SERVICE_FAILURES: readonly SaidFailure[] = [
  {
    service: 'DeepSeek, key',
    status: 401,
    body: {
      error: {
        message: 'Authentication Fails, Your api key: ****cret is invalid',
        type: 'authentication_error',
        param: null,
        code: 'invalid_request_error',
      },
    },
    comesTo: BAD_KEY,
  },
  {
    service: 'DeepSeek, balance',
    status: 402,
    body: {
      error: {
        message: 'Insufficient Balance',
        type: 'unknown_error',
        param: null,
        code: 'invalid_request_error',
      },
    },
    comesTo: NO_CREDIT,
  },
  {
    service: 'DeepSeek, model',
    status: 400,
    body: {
      error: { message: 'Model Not Exist', type: 'invalid_request_error', code: 'invalid_request_error' },
    },
    comesTo: NO_MODEL,
  },
  {
    service: 'Qwen, key',
    status: 401,
    body: {
      error: {
        code: 'invalid_api_key',
        message: 'Incorrect API key provided.',
        type: 'invalid_request_error',
      },
      request_id: 'x',
    },
    comesTo: BAD_KEY,
  },
  {
    service: 'Qwen, model',
    status: 404,
    body: {
      error: {
        code: 'model_not_found',
        message: 'The model `test-model` does not exist or you do not have access to it.',
        type: 'invalid_request_error',
      },
    },
    comesTo: NO_MODEL,
  },
  {
    service: 'Qwen, arrears',
    status: 400,
    body: {
      error: {
        code: 'Arrearage',
        message: 'Access denied, please make sure your account is in good standing.',
        type: 'Arrearage',
      },
    },
    comesTo: NO_CREDIT,
  },
  {
    service: 'Moonshot, key',
    status: 401,
    body: { error: { message: 'Invalid Authentication', type: 'invalid_authentication_error' } },
    comesTo: BAD_KEY,
  },
  {
    service: 'Moonshot, quota',
    status: 429,
    body: {
      error: {
        message: 'Your account is suspended, please check your plan and billing details',
        type: 'exceeded_current_quota_error',
      },
    },
    comesTo: NO_CREDIT,
  },
  {
    service: 'Mistral, key',
    status: 401,
    body: { message: 'Unauthorized', request_id: 'x' },
    comesTo: BAD_KEY,
  },
  {
    service: 'Mistral, model',
    status: 400,
    body: {
      object: 'error',
      message: 'Invalid model: test-model',
      type: 'invalid_model',
      param: null,
      code: '1500',
    },
    comesTo: NO_MODEL,
  },
  {
    service: 'Mistral, a field',
    status: 422,
    body: {
      detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }],
    },
    comesTo: `${REJECTED} (HTTP status 422): “Extra inputs are not permitted”`,
  },
  {
    service: 'xAI, key',
    status: 400,
    body: {
      code: 'Client specified an invalid argument',
      error: 'Incorrect API key provided: ab***yz. You can obtain an API key from https://console.x.ai.',
    },
    comesTo: BAD_KEY,
  },
  {
    service: 'Groq, rate',
    status: 429,
    body: {
      error: {
        message: 'Rate limit reached for model `test-model` on tokens per minute (TPM): Limit 6000',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    comesTo: RATE,
  },
  {
    service: 'OpenRouter, key',
    status: 401,
    body: { error: { message: 'No auth credentials found', code: 401 } },
    comesTo: BAD_KEY,
  },
  {
    service: 'OpenRouter, credits',
    status: 402,
    body: { error: { message: 'This request requires more credits, or fewer max_tokens.', code: 402 } },
    comesTo: NO_CREDIT,
  },
  {
    service: 'OpenRouter, model',
    status: 400,
    body: { error: { message: 'test-model is not a valid model ID', code: 400 } },
    comesTo: NO_MODEL,
  },
  {
    service: 'OpenRouter, upstream',
    status: 429,
    body: {
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: { raw: 'test-model is temporarily rate-limited upstream', provider_name: 'x' },
      },
    },
    comesTo: `${RATE}: “Provider returned error: test-model is temporarily rate-limited upstream”`,
  },
  {
    service: 'Together, model',
    status: 404,
    body: {
      id: 'x',
      error: {
        message: 'Unable to access model test-model. Please visit the models page.',
        type: 'invalid_request_error',
        param: null,
        code: 'model_not_available',
      },
    },
    comesTo: NO_MODEL,
  },
  {
    service: 'Google as OpenAI says it, key',
    status: 400,
    body: [
      {
        error: {
          code: 400,
          message: 'API key not valid. Please pass a valid API key.',
          status: 'INVALID_ARGUMENT',
        },
      },
    ],
    comesTo: BAD_KEY,
  },
];
