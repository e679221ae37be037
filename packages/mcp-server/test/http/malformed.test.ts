import { describe, expect, test } from 'vitest';
import { initializeLegacy, INITIALIZE, legacyCall, legacyHeaders } from './support/legacy-requests.ts';
import { modernCall } from './support/modern-call.ts';
import { startTestServer } from './support/start-test-server.ts';

const BODIES: Readonly<Record<string, string>> = {
  'no JSON': '{"jsonrpc": "2.0", ',
  nothing: '',
  'a number': '42',
  null: 'null',
  'an empty batch': '[]',
  'a batch of null': '[null, 1, "x"]',
  'an object of nothing': '{}',
  'a method that is a number': '{"jsonrpc":"2.0","id":1,"method":7}',
  'no version': '{"id":1,"method":"tools/list"}',
  'an id that is an object': '{"jsonrpc":"2.0","id":{},"method":"tools/list"}',
  'half a surrogate pair, and a nul': String.raw`{"jsonrpc":"2.0","id":"\ud800\u0000","method":"x"}`,
  'a name of the prototype': '{"jsonrpc":"2.0","id":1,"method":"__proto__","params":{"__proto__":{"x":1}}}',
};

describe('what makes no sense', () => {
  test.each(Object.entries(BODIES))('%s is an error, and the server goes on', async (_what, body) => {
    await using server = await startTestServer();
    const response = await fetch(server.url, {
      method: 'POST',
      headers: legacyHeaders(server.authorization),
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number) } });
    const { status } = await fetch(server.url, modernCall(server.authorization, 'who'));
    expect(status).toBe(200);
  });

  test('bytes that are not UTF-8 are an error', async () => {
    await using server = await startTestServer();
    const headers = legacyHeaders(server.authorization);
    const response = await fetch(server.url, {
      method: 'POST',
      headers,
      body: Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    });
    expect(response.status).toBe(400);
  });

  test('JSON of 100,000 levels is an answer or an error, never the end', async () => {
    await using server = await startTestServer();
    const call = modernCall(server.authorization, 'echo', { text: 'NEST' });
    const nested = '['.repeat(100_000) + ']'.repeat(100_000);
    const response = await fetch(server.url, { ...call, body: call.body.replace('"NEST"', nested) });
    expect(response.status).toBeLessThanOrEqual(500);
    const { status } = await fetch(server.url, modernCall(server.authorization, 'who'));
    expect(status).toBe(200);
  });

  test.each(['PUT', 'PATCH', 'HEAD'])('the method %s is not allowed', async (method) => {
    await using server = await startTestServer();
    const response = await fetch(server.url, { method, headers: { Authorization: server.authorization } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain('POST');
  });

  test('another media type is refused: a page can send it without asking', async () => {
    await using server = await startTestServer();
    const { headers, ...rest } = modernCall(server.authorization, 'who');
    const response = await fetch(server.url, {
      ...rest,
      headers: { ...headers, 'Content-Type': 'text/plain' },
    });
    expect(response.status).toBe(415);
  });

  test('an unknown method and an unknown tool are errors of the protocol', async () => {
    await using server = await startTestServer();
    const session = await initializeLegacy(server.url, server.authorization);
    const method = await session.post({ jsonrpc: '2.0', id: 1, method: 'tools/dance' });
    expect(await method.text()).toContain('-32601');
    const tool = await session.post(legacyCall(2, 'dance'));
    expect(await tool.text()).toContain('-32602');
  });

  test('a batch of revision 2025-03-26 is answered, one that is too long is refused', async () => {
    await using server = await startTestServer();
    const session = await initializeLegacy(server.url, server.authorization);
    const batch = [1, 2, 3].map((id) => legacyCall(id, 'echo', { text: `text ${id}` }));
    const answered = await (await session.post(batch)).text();
    expect(answered.match(/text \d/gu)?.toSorted()).toEqual(['text 1', 'text 2', 'text 3']);
    const tooLong = Array.from({ length: 17 }, (_, id) => legacyCall(id, 'who'));
    const refused = await session.post(tooLong);
    expect(refused.status).toBe(413);
  });

  test('an id that is in flight cannot be used again, and the first call is answered', async () => {
    await using server = await startTestServer();
    const session = await initializeLegacy(server.url, server.authorization);
    const first = await session.post(legacyCall(1, 'slow', { name: 'first', durationMs: 300 }));
    const second = await session.post(legacyCall(1, 'who'));
    expect(second.status).toBe(400);
    expect(await first.text()).toContain('finished');
    const twins = await session.post([legacyCall(5, 'who'), legacyCall(5, 'who')]);
    expect(twins.status).toBe(400);
  });

  test('a session that was not initialized properly is not kept', async () => {
    await using server = await startTestServer({ limits: { sessions: 1 } });
    const { Accept: _accept, ...headers } = legacyHeaders(server.authorization);
    const init = {
      method: 'POST',
      headers: { ...headers, Accept: 'text/html' },
      body: JSON.stringify(INITIALIZE),
    };
    const refused = await Promise.all([fetch(server.url, init), fetch(server.url, init)]);
    expect(refused.map(({ status }) => status)).toContain(406);
    await expect(initializeLegacy(server.url, server.authorization)).resolves.toHaveProperty('sessionId');
  });

  test('a cancellation of what has ended, or was never there, does nothing', async () => {
    await using server = await startTestServer();
    const session = await initializeLegacy(server.url, server.authorization);
    await (await session.post(legacyCall(1, 'who'))).text();
    for (const requestId of [1, 99]) {
      const message = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } };
      const { status } = await session.post(message);
      expect(status).toBe(202);
    }
    const after = await session.post(legacyCall(1, 'echo', { text: 'still here' }));
    expect(await after.text()).toContain('still here');
  });
});
