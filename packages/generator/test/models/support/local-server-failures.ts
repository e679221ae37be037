import { BAD_KEY, NO_MODEL, TOO_LONG } from './said-failure.ts';
import type { SaidFailure } from './said-failure.ts';

/** As servers on one’s own computer, and gateways, describe failures. */
export const LOCAL_SERVER_FAILURES: readonly SaidFailure[] = [
  { service: 'Ollama', status: 404, body: { error: "model 'test-model' not found" }, comesTo: NO_MODEL },
  {
    service: 'Ollama, as OpenAI says it',
    status: 404,
    body: {
      error: {
        message: 'model "test-model" not found, try pulling it first',
        type: 'api_error',
        param: null,
        code: null,
      },
    },
    comesTo: NO_MODEL,
  },
  {
    service: 'vLLM',
    status: 404,
    body: {
      object: 'error',
      message: 'The model `test-model` does not exist.',
      type: 'NotFoundError',
      param: null,
      code: 404,
    },
    comesTo: NO_MODEL,
  },
  { service: 'vLLM with --api-key', status: 401, body: { error: 'Unauthorized' }, comesTo: BAD_KEY },
  {
    service: 'LM Studio',
    status: 400,
    body: {
      error: {
        message: 'Invalid model identifier "test-model". Please specify a valid downloaded model.',
        type: 'invalid_request_error',
        code: 'model_not_found',
      },
    },
    comesTo: NO_MODEL,
  },
  {
    service: 'llama.cpp',
    status: 400,
    body: {
      error: {
        code: 400,
        message:
          'the request exceeds the available context size. try increasing the context size or enable context shift',
        type: 'exceed_context_size_error',
        n_ctx: 4096,
      },
    },
    comesTo: TOO_LONG,
  },
  {
    service: 'llama.cpp, loading',
    status: 503,
    body: { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    comesTo: 'is overloaded',
  },
  { service: 'a gateway, words alone', status: 401, body: 'unauthorized\n', comesTo: BAD_KEY },
  {
    service: 'a gateway, 504',
    status: 504,
    body: 'upstream request timeout',
    comesTo: 'failed (HTTP status 504)',
  },
];
