import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/index.ts';
import { cancelRoute, ROUTES } from '../../src/index.ts';
import { answer, MODEL_GENERATION, modelService } from './support/model-generation.ts';
import { PageClient, textOf } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';

const KEY = 'sk-0123456789abcdef0123456789';

/** All events of a generation: an execution's end is not its last. */
async function eventsOf(client: PageClient, id: string): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const { event } of client.stream(id)) events.push(event);
  return events;
}

const ask = { kind: 'generate', language: null, requirement: 'Print six times seven' } as const;

describe('a generation', () => {
  test('is watched: the code as it is written, the run, the repair, the end', async () => {
    const model = await modelService([
      { text: answer('print(6 * 7'), pieceLength: 4, pieceDelayMs: 20 },
      answer('print(6 * 7)', 'It prints the product.'),
    ]);
    const { serving } = await startServer({ generation: MODEL_GENERATION });
    const client = await PageClient.of(serving);
    const settings = await client.patch({
      generator: {
        provider: 'compatible',
        baseUrl: model.baseUrls.compatible,
        model: 'test-model',
        apiKey: KEY,
      },
    });
    expect(settings.generator).toMatchObject({
      describedAs: expect.stringContaining('test-model') as string,
      problem: null,
      apiKey: { isSet: true, source: 'page' },
    });
    const { id } = await client.start(ask);
    const events = await eventsOf(client, id);
    const told = events
      .map(({ type }) => type)
      .filter((type, index, all) => type !== all[index - 1] && type !== 'stage');
    expect(told).toEqual([
      'attempt',
      'code',
      'written',
      'stderr',
      'execution',
      'attempted',
      'attempt',
      'code',
      'written',
      'stdout',
      'execution',
      'attempted',
      'generation',
    ]);
    // As it was written, not at once.
    expect(events.filter(({ type }) => type === 'code').length).toBeGreaterThan(3);
    expect(textOf(events)).toBe('42\n');
    expect(events.filter(({ type }) => type === 'attempted')).toMatchObject([
      {
        attempt: {
          number: 1,
          code: expect.stringContaining('print(6 * 7') as string,
          status: 'runtime_error',
        },
      },
      { attempt: { number: 2, status: 'ok', error: null } },
    ]);
    expect(events.at(-1)).toMatchObject({ result: { status: 'ok', endedBy: 'success' } });
    expect(await client.run(id)).toMatchObject({
      kind: 'generate',
      state: 'ended',
      status: 'ok',
      language: 'python',
      title: 'Print six times seven',
    });
    expect(model.calls).toHaveLength(2);
    expect(model.calls[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  test('is stopped while the model writes', async () => {
    const model = await modelService([
      { text: answer('print(1)\n'.repeat(500)), pieceLength: 4, pieceDelayMs: 50 },
    ]);
    const { serving } = await startServer({
      generation: MODEL_GENERATION,
      environment: {
        CLOCHE_GENERATOR_BASE_URL: model.baseUrls.compatible,
        CLOCHE_GENERATOR_MODEL: 'test-model',
      },
    });
    const client = await PageClient.of(serving);
    const { id } = await client.start(ask);
    const events: RunEvent[] = [];
    for await (const { event } of client.stream(id)) {
      events.push(event);
      if (event.type === 'code' && events.length < 5) await client.ask('POST', cancelRoute(id));
    }
    expect(events.at(-1)).toMatchObject({ type: 'generation', result: { status: 'cancelled' } });
    await expect.poll(() => model.calls[0]?.isAborted).toBe(true);
  });

  test('without a model says what to set, in the reader’s language', async () => {
    const { serving } = await startServer({ generation: MODEL_GENERATION });
    const client = await PageClient.of(serving);
    expect((await client.settings()).generator.describedAs).toBeNull();
    const { id } = await client.start(ask);
    const events = await eventsOf(client, id);
    expect(events).toMatchObject([{ type: 'failed', error: { code: 'ERR_GENERATOR_FAILED', locale: 'en' } }]);
    expect((await client.send('GET', ROUTES.models)).status).toBe(502);
  });

  test('whose service refuses the key says so without it', async () => {
    const model = await modelService([], { apiKey: 'another' });
    const { serving } = await startServer({ generation: MODEL_GENERATION });
    const client = await PageClient.of(serving);
    await client.patch({
      generator: { provider: 'openai', baseUrl: model.baseUrls.openai, model: 'test-model', apiKey: KEY },
    });
    const { id } = await client.start(ask);
    const text = JSON.stringify(await eventsOf(client, id));
    expect(text).toContain('"type":"failed"');
    expect(text).not.toContain(KEY);
  });

  test('names a contradiction in the settings instead of failing them', async () => {
    const { serving } = await startServer({ generation: MODEL_GENERATION });
    const client = await PageClient.of(serving);
    const { generator } = await client.patch({ generator: { provider: 'anthropic' } });
    expect(generator.describedAs).toBeNull();
    expect(generator.problem?.zh).toMatch(/\p{Script=Han}/u);
  });

  test('takes the list of models from the service', async () => {
    const model = await modelService([], { models: ['small-model', 'large-model'] });
    const { serving } = await startServer({ generation: MODEL_GENERATION });
    const client = await PageClient.of(serving);
    await client.patch({ generator: { baseUrl: model.baseUrls.compatible } });
    const { models } = await client.ask<{ models: readonly string[] }>('GET', ROUTES.models);
    expect(models.toSorted()).toEqual(['large-model', 'small-model']);
  });
});
