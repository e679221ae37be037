import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startModelServer } from '@cloche/model-test-server';
import { expect, onTestFinished, test } from 'vitest';
import { openCodeModel } from '../../src/index.ts';
import { modelError } from '../../src/models/failures/model-error.ts';
import { fetchModelList } from '../../src/models/list/fetch-model-list.ts';
import { PROVIDERS, resolvedAt, write } from './support/test-models.ts';

test.each(PROVIDERS)('%s: thoughts without an end are not listened to for ever', async (provider) => {
  await using server = await startModelServer();
  server.script([{ text: '```python\nprint(1)\n```', reasoning: 'hm '.repeat(100_000) }]);
  const model = openCodeModel(resolvedAt(server, provider), { maximumAnswerBytes: 64 * 1024 });
  await expect(write(model)).rejects.toMatchObject({
    code: 'ERR_GENERATOR_FAILED',
    message: expect.stringContaining('sent more than 1 MiB, which no answer needs') as string,
  });
});

test('an event that never ends is not kept', async () => {
  await using server = await startModelServer();
  server.script([
    {
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      body: `data: {"a":"${'a'.repeat(1024 * 1024)}`,
    },
  ]);
  const model = openCodeModel(resolvedAt(server, 'compatible'), { maximumAnswerBytes: 64 * 1024 });
  await expect(write(model)).rejects.toMatchObject({
    message: expect.stringContaining('which no answer needs') as string,
  });
});

test('a list that comes in drips is given up', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"data":[');
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  await using models = await startModelServer();
  const { port } = server.address() as AddressInfo;
  const resolved = {
    ...resolvedAt(models, 'compatible'),
    apiKey: null,
    baseUrl: `http://127.0.0.1:${port}/v1`,
  };
  const startedAtMs = performance.now();
  const failure = await fetchModelList(resolved, 300, new AbortController().signal).catch(
    (error: unknown) => error,
  );
  expect(performance.now() - startedAtMs).toBeLessThan(5000);
  expect(modelError(failure, resolved).message).toMatch(/did not answer within 1 s/u);
}, 10_000);
