import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { connectV1 } from './support/connect-clients.ts';
import { INITIALIZE, initializeLegacy, legacyCall, legacyHeaders } from './support/legacy-requests.ts';
import { startTestServer, type TestServer } from './support/start-test-server.ts';
import { startTokenIssuer } from './support/token-issuer.ts';

async function openStream(server: TestServer, sessionId: string, signal?: AbortSignal): Promise<Response> {
  const headers = legacyHeaders(server.authorization, sessionId);
  return fetch(server.url, { headers, ...(signal && { signal }) });
}

describe('two principals', () => {
  test('cannot use, watch or end each other’s sessions, and cannot tell them from none', async () => {
    await using issuer = await startTokenIssuer();
    await using server = await startTestServer({ authentication: issuer.options });
    const ada = await issuer.authorize({ sub: 'ada' });
    const mallory = await issuer.authorize({ sub: 'mallory' });
    const session = await initializeLegacy(server.url, ada);
    const body = JSON.stringify(legacyCall(1, 'who'));
    const answers: (readonly [number, string])[] = [];
    for (const id of [session.sessionId, 'A'.repeat(43)]) {
      const headers = legacyHeaders(mallory, id);
      for (const init of [{ method: 'POST', body }, { method: 'GET' }, { method: 'DELETE' }]) {
        const response = await fetch(server.url, { ...init, headers });
        answers.push([response.status, await response.text()]);
      }
    }
    expect(new Set(answers.map(([status]) => status))).toEqual(new Set([404]));
    expect(new Set(answers.map(([, text]) => text)).size).toBe(1);
    const own = await session.post(legacyCall(2, 'echo', { text: 'still mine' }));
    expect(await own.text()).toContain('still mine');
  });

  test('see their own progress alone, with the same token and the same ids', async () => {
    await using issuer = await startTokenIssuer();
    await using server = await startTestServer({ authentication: issuer.options });
    const names = ['ada', 'grace'];
    const seen = await Promise.all(
      names.map(async (name) => {
        const session = await initializeLegacy(server.url, await issuer.authorize({ sub: name }));
        const response = await session.post({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'progress', arguments: { label: name, steps: 5 }, _meta: { progressToken: 1 } },
        });
        return response.text();
      }),
    );
    const labels = seen.map((text) => names.filter((name) => text.includes(`${name} 5`)));
    expect(labels).toEqual([['ada'], ['grace']]);
  });
});

describe('a session', () => {
  test('ends after the time without use, and its client is told to begin anew', async () => {
    await using server = await startTestServer({ limits: { sessionIdleTimeoutMs: 200 } });
    const session = await initializeLegacy(server.url, server.authorization);
    await delay(120);
    const used = await session.post(legacyCall(1, 'who'));
    expect(used.status).toBe(200);
    await used.text();
    await delay(120);
    const usedAgain = await session.post(legacyCall(2, 'who'));
    expect(usedAgain.status).toBe(200);
    await usedAgain.text();
    await delay(400);
    const late = await session.post(legacyCall(3, 'who'));
    expect(late.status).toBe(404);
  });

  test('does not end while a stream is open or a call runs', async () => {
    await using server = await startTestServer({ limits: { sessionIdleTimeoutMs: 150 } });
    const session = await initializeLegacy(server.url, server.authorization);
    const call = await session.post(legacyCall(1, 'slow', { name: 'slow', durationMs: 500 }));
    expect(await call.text()).toContain('finished');
    const controller = new AbortController();
    await openStream(server, session.sessionId, controller.signal);
    await delay(400);
    const during = await session.post(legacyCall(2, 'who'));
    expect(during.status).toBe(200);
    controller.abort();
    await vi.waitFor(async () => {
      const { status } = await session.post(legacyCall(3, 'who'));
      expect(status).toBe(200);
    });
    await delay(500);
    const after = await session.post(legacyCall(4, 'who'));
    expect(after.status).toBe(404);
  });

  test('that its client ends answers what is in flight, aborts it, and is gone', async () => {
    await using server = await startTestServer();
    const session = await initializeLegacy(server.url, server.authorization);
    const stream = await openStream(server, session.sessionId);
    const call = await session.post(legacyCall(1, 'slow', { name: 'slow' }));
    await vi.waitFor(() => expect(server.service.started).toHaveLength(1));
    const headers = legacyHeaders(server.authorization, session.sessionId);
    const ended = await fetch(server.url, { method: 'DELETE', headers });
    expect(ended.status).toBe(200);
    expect(await call.text()).toContain('ended by its client');
    expect(await stream.text()).toBe('');
    expect(server.service.aborted).toEqual(['slow']);
    const again = await fetch(server.url, { method: 'DELETE', headers });
    expect(again.status).toBe(404);
  });

  test('gives its place to a newer one when a client has too many, the longest unused first', async () => {
    await using server = await startTestServer({ limits: { sessionsPerClient: 2 } });
    const first = await initializeLegacy(server.url, server.authorization);
    const second = await initializeLegacy(server.url, server.authorization);
    await (await first.post(legacyCall(1, 'who'))).text();
    const third = await initializeLegacy(server.url, server.authorization);
    const statuses = await Promise.all(
      [first, second, third].map(async (session) => (await session.post(legacyCall(2, 'who'))).status),
    );
    expect(statuses).toEqual([200, 404, 200]);
  });

  test('in use keeps its place, and the newer one is refused', async () => {
    await using issuer = await startTokenIssuer();
    await using server = await startTestServer({
      authentication: issuer.options,
      limits: { sessions: 3, sessionsPerClient: 2 },
    });
    const ada = await issuer.authorize({ sub: 'ada' });
    const grace = await issuer.authorize({ sub: 'grace' });
    const open = async (authorization: string): Promise<void> => {
      const { sessionId } = await initializeLegacy(server.url, authorization);
      await fetch(server.url, { headers: legacyHeaders(authorization, sessionId) });
    };
    await open(ada);
    await open(ada);
    await expect(open(ada)).rejects.toThrow('429');
    await open(grace);
    await expect(open(grace)).rejects.toThrow('503');
  });

  test('is opened by 50 requests at once within the bound, and none hangs', async () => {
    await using server = await startTestServer({ limits: { sessionsPerClient: 4 } });
    const body = JSON.stringify(INITIALIZE);
    const headers = legacyHeaders(server.authorization);
    const responses = await Promise.all(
      Array.from({ length: 50 }, () => fetch(server.url, { method: 'POST', headers, body })),
    );
    const ids = responses
      .map((response) => response.headers.get('mcp-session-id'))
      .filter((id) => id !== null);
    const statuses = await Promise.all(
      ids.map(async (id) => {
        const init = { method: 'POST', headers: legacyHeaders(server.authorization, id) };
        return (await fetch(server.url, { ...init, body: JSON.stringify(legacyCall(1, 'who')) })).status;
      }),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(4);
  });

  test('has one stream of its own, not two', async () => {
    await using server = await startTestServer();
    const { sessionId } = await initializeLegacy(server.url, server.authorization);
    const first = await openStream(server, sessionId);
    const second = await openStream(server, sessionId);
    expect([first.status, second.status]).toEqual([200, 409]);
  });

  test('a silent stream gets comments, so that proxies leave it open', async () => {
    await using server = await startTestServer({ limits: { streamCommentIntervalMs: 50 } });
    const { sessionId } = await initializeLegacy(server.url, server.authorization);
    const stream = await openStream(server, sessionId);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toEqual({ done: false, value: ': keepalive\n\n' });
  });

  test('is needed for GET and DELETE', async () => {
    await using server = await startTestServer();
    const headers = legacyHeaders(server.authorization);
    const statuses = await Promise.all(
      ['GET', 'DELETE', 'POST'].map(async (method) => {
        const body = method === 'POST' ? JSON.stringify(legacyCall(1, 'who')) : null;
        return (await fetch(server.url, { method, headers, body })).status;
      }),
    );
    expect(statuses).toEqual([405, 405, 400]);
  });

  test('of the v1 client goes on over its own stream', async () => {
    await using server = await startTestServer({ limits: { sessionIdleTimeoutMs: 200 } });
    await using connected = await connectV1(server.url, server.authorization);
    await delay(600);
    const { content } = await connected.client.callTool({ name: 'echo', arguments: { text: 'hello' } });
    expect(content).toEqual([{ type: 'text', text: 'hello' }]);
  });
});
