import { startModelServer } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { listModels, openCodeModel, probeModel } from '../../src/index.ts';
import { PROVIDERS, resolvedAt, write } from './support/test-models.ts';

const signal = new AbortController().signal;

describe.each(PROVIDERS)('%s', (provider) => {
  test('lists what the endpoint offers for writing', async () => {
    await using server = await startModelServer({ models: ['one', 'two'] });
    const models = await listModels(resolvedAt(server, provider), { signal });
    const hasNames = provider === 'anthropic' || provider === 'google';
    expect(models).toEqual([
      { id: 'one', name: hasNames ? 'The one' : null },
      { id: 'two', name: hasNames ? 'The two' : null },
    ]);
  });

  test('a probe asks for the list once, calls no model, and says whether the chosen one is in it', async () => {
    await using server = await startModelServer({ models: ['test-model', 'other'] });
    const probe = await probeModel(resolvedAt(server, provider), { signal });
    expect(probe).toEqual({
      available: true,
      latencyMs: expect.any(Number) as number,
      model: 'test-model',
      isListed: true,
    });
    const missing = await probeModel(resolvedAt(server, provider, { model: 'gone' }), { signal });
    expect(missing).toMatchObject({ available: true, model: 'gone', isListed: false });
    expect([server.requests.length, server.calls.length]).toEqual([2, 0]);
  });

  test('a bad key is found by asking for the list', async () => {
    await using server = await startModelServer({ apiKey: 'another' });
    const resolved = resolvedAt(server, provider);
    await expect(listModels(resolved, { signal })).rejects.toMatchObject({
      code: 'ERR_GENERATOR_FAILED',
      message: expect.stringContaining('refuses the key from generator.apiKey') as string,
    });
    expect(await probeModel(resolved, { signal })).toMatchObject({
      available: false,
      code: 'ERR_GENERATOR_FAILED',
      reason: {
        en: expect.stringContaining('refuses the key') as string,
        zh: expect.stringContaining('拒绝了') as string,
      },
      hint: { en: expect.stringContaining('Check the key') as string },
      fix: [],
    });
  });
});

test('a list of one chooses; of several, nobody does', async () => {
  await using one = await startModelServer({ models: ['only'] });
  expect(await probeModel(resolvedAt(one, 'compatible', { model: null }), { signal })).toMatchObject({
    model: 'only',
    isListed: true,
  });
  await using several = await startModelServer({ models: ['a', 'b'] });
  const resolved = resolvedAt(several, 'compatible', { model: null });
  expect(await probeModel(resolved, { signal })).toMatchObject({
    available: true,
    model: null,
    isListed: null,
  });
  await expect(write(openCodeModel(resolved))).rejects.toMatchObject({
    code: 'ERR_GENERATOR_FAILED',
    message: expect.stringContaining('offers 2: a, b.') as string,
    hint: expect.stringContaining('generator.model') as string,
    text: { message: { zh: expect.stringContaining('未选择模型') as string } },
  });
  await using none = await startModelServer({ models: [] });
  await expect(write(openCodeModel(resolvedAt(none, 'compatible', { model: null })))).rejects.toThrow(
    'offers no model',
  );
  expect([...several.calls, ...none.calls]).toEqual([]);
});

test.each([
  ['no JSON', { status: 200, body: 'hello' }],
  ['JSON of another shape', { status: 200, body: { hello: [] } }],
  ['a page', { instead: 'html' }],
  ['nothing there', { status: 404, body: '404 page not found' }],
] as const)('a list that is none is no API: %s', async (_name, reply) => {
  await using server = await startModelServer();
  server.scriptLists([reply]);
  await expect(listModels(resolvedAt(server, 'compatible'), { signal })).rejects.toThrow(
    'is not the API of a model',
  );
});

test('what of a list cannot be read is left out', async () => {
  await using server = await startModelServer();
  server.scriptLists([
    { status: 200, body: { data: [{ id: 'a' }, null, 7, {}, { id: '' }, { id: 'a' }, { id: 'b' }] } },
  ]);
  expect(await listModels(resolvedAt(server, 'compatible'), { signal })).toEqual([
    { id: 'a', name: null },
    { id: 'b', name: null },
  ]);
});

test('the array without a frame is a list too', async () => {
  await using server = await startModelServer();
  server.scriptLists([{ status: 200, body: [{ id: 'a', name: 'Model A' }] }]);
  expect(await listModels(resolvedAt(server, 'compatible'), { signal })).toEqual([
    { id: 'a', name: 'Model A' },
  ]);
});

test('cancelled, a list ends with the reason; a probe says so', async () => {
  await using server = await startModelServer();
  server.scriptLists([{ instead: 'silence' }, { instead: 'silence' }]);
  const resolved = resolvedAt(server, 'compatible');
  const stop = new AbortController();
  const listed = listModels(resolved, { signal: stop.signal });
  const probed = probeModel(resolved, { signal: stop.signal });
  await expect.poll(() => server.requests.length).toBe(2);
  const reason = new Error('enough');
  stop.abort(reason);
  await expect(listed).rejects.toBe(reason);
  expect(await probed).toMatchObject({
    available: false,
    reason: { en: 'Asking the model’s service was cancelled.', zh: '对模型服务的询问已取消。' },
  });
});
