import { startModelServer } from '@cloche/model-test-server';
import type { ModelServer } from '@cloche/model-test-server';
import { afterAll, beforeAll } from 'vitest';
import { answerLikeAModel } from './answer-like-a-model.ts';
import { describeLiveModel } from './describe-live-model.ts';
import { liveEndpoint } from './environment.ts';

const apiKey = 'marker-key-8d1f0c52';
let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer({ apiKey });
  server.setFallback(answerLikeAModel);
});

afterAll(() => server[Symbol.asyncDispose]());

describeLiveModel('a model of the test server', null, () => ({
  baseUrl: server.baseUrls.compatible,
  model: 'test-model',
  apiKey,
}));

const endpoint = liveEndpoint();

describeLiveModel(
  'a model of a real endpoint',
  endpoint === null
    ? 'not run: CLOCHE_TEST_LLM_BASE_URL is not set (nor CLOCHE_TEST_LLM_MODEL and CLOCHE_TEST_LLM_KEY)'
    : null,
  () => endpoint ?? { baseUrl: '', model: null, apiKey: null },
);
