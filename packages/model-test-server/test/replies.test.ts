import { describe, expect, test } from 'vitest';
import { startModelServer } from '../src/index.ts';
import { call, PROVIDERS } from './support/call.ts';
import { parseEvents } from './support/collect.ts';

describe.each(PROVIDERS)('%s', (provider) => {
  test('streams the pieces of a text in events, each of them JSON', async () => {
    await using server = await startModelServer();
    server.script([{ text: ['one ', '二 ', 'three'] }]);
    const response = await call(server.baseUrls, provider);
    const events = parseEvents(await response.text());
    const texts = events
      .filter(({ data }) => data !== '[DONE]')
      .map(({ data }) => JSON.stringify(JSON.parse(data)));
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    for (const piece of ['"one "', '"二 "', '"three"']) {
      expect(texts.filter((text) => text.includes(piece))).not.toEqual([]);
    }
  });

  test('answers as a whole where no stream is asked for', async () => {
    await using server = await startModelServer();
    server.script(['all of it']);
    const response = await call(server.baseUrls, provider, false);
    expect(JSON.stringify(await response.json())).toContain('all of it');
  });

  test('records what was asked, in one shape', async () => {
    await using server = await startModelServer();
    server.script(['x']);
    await (await call(server.baseUrls, provider)).text();
    expect(server.calls.map(({ prompt }) => prompt)).toEqual([
      {
        model: 'test-model',
        system: 'You write.',
        messages: [{ role: 'user', text: 'Write.' }],
        maximumOutputTokens: 50,
        streams: true,
      },
    ]);
  });

  test('refuses another key than its own, in its own shape', async () => {
    await using server = await startModelServer({ apiKey: 'right' });
    const response = await call(server.baseUrls, provider);
    expect(response.status).toBe(provider === 'google' ? 400 : 401);
    expect(await response.json()).toHaveProperty('error.message');
  });

  test('is cut inside a character of several bytes', async () => {
    await using server = await startModelServer();
    server.script([{ text: ['one', 'two'], fault: 'cut character' }]);
    const response = await call(server.baseUrls, provider);
    const bytes: Uint8Array[] = [];
    const read = async (): Promise<void> => {
      for await (const chunk of response.body ?? []) bytes.push(chunk as Uint8Array);
    };
    await expect(read()).rejects.toThrow('terminated');
    const sent = Buffer.concat(bytes);
    expect(sent.toString()).toContain('one');
    expect(sent.subarray(-2)).toEqual(Buffer.from('🧊').subarray(0, 2));
  });
});

test('a reply may depend on what was asked', async () => {
  await using server = await startModelServer();
  server.script([({ prompt }) => `You said: ${prompt?.messages.at(-1)?.text}`]);
  const response = await call(server.baseUrls, 'compatible', false);
  expect(JSON.stringify(await response.json())).toContain('You said: Write.');
});

test('a call beyond the script fails with a reason', async () => {
  await using server = await startModelServer();
  const response = await call(server.baseUrls, 'compatible');
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('no reply left');
});

test('a piece is sent when it is due, not with the next one', async () => {
  await using server = await startModelServer();
  server.script([{ text: ['one', 'two'], fault: 'silence' }]);
  const response = await call(server.baseUrls, 'compatible');
  const reader = response.body?.getReader();
  let text = '';
  while (!text.includes('one')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
  expect(server.calls[0]?.sentAtMs).toHaveLength(1);
  await reader?.cancel();
  await expect.poll(() => server.calls[0]?.isAborted).toBe(true);
});

test('bytes drip across events and characters, and are whole in the end', async () => {
  await using server = await startModelServer();
  server.script([{ text: 'ä二🧊', dripBytes: 1 }]);
  const response = await call(server.baseUrls, 'compatible');
  expect(await response.text()).toContain('ä二🧊');
});

test('lists its models in the shape of each service', async () => {
  await using server = await startModelServer({ models: ['a', 'b'] });
  const get = async (url: string, headers: Record<string, string> = {}): Promise<unknown> =>
    (await fetch(url, { headers })).json();
  expect(await get(`${server.url}/v1/models`)).toMatchObject({
    object: 'list',
    data: [{ id: 'a' }, { id: 'b' }],
  });
  expect(await get(`${server.url}/v1/models`, { 'anthropic-version': '2023-06-01' })).toMatchObject({
    data: [{ id: 'a', type: 'model' }, { id: 'b' }],
    has_more: false,
  });
  expect(await get(`${server.url}/v1beta/models`)).toMatchObject({ models: [{ name: 'models/a' }, {}, {}] });
  expect(await get(`${server.url}/api/tags`)).toMatchObject({ models: [{ name: 'a' }, { name: 'b' }] });
});

test('a wrong address is no API', async () => {
  await using server = await startModelServer();
  const response = await fetch(`${server.url}/models`);
  expect([response.status, await response.text()]).toEqual([404, '404 page not found']);
});
