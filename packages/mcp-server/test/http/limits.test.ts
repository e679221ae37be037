import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { initializeLegacy, legacyCall } from './support/legacy-requests.ts';
import { modernCall } from './support/modern-call.ts';
import { openSocket, rawExchange, readToEnd } from './support/raw-exchange.ts';
import { startTestServer } from './support/start-test-server.ts';
import { statusCounts } from './support/status-counts.ts';
import { startTokenIssuer } from './support/token-issuer.ts';

const FAST_CHECKS = { headersTimeoutMs: 300, requestTimeoutMs: 600, timeoutCheckIntervalMs: 50 };

describe('the size of a body', () => {
  test('of 50 MB is refused at once, and its sender sees why', async () => {
    await using server = await startTestServer();
    const call = modernCall(server.authorization, 'echo', { text: 'x'.repeat(50_000_000) });
    const response = await fetch(server.url, call);
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('4194304 bytes');
  });

  test('is refused so that a client which reads only after it has sent everything sees it', async () => {
    await using server = await startTestServer();
    const socket = await openSocket(server.port);
    const { headers } = modernCall(server.authorization, 'echo');
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.pause();
    socket.write(
      ['POST /mcp HTTP/1.1', 'Host: localhost', 'Content-Length: 40000000', ...lines, '', ''].join('\r\n'),
    );
    const chunk = Buffer.alloc(1_000_000, 'x');
    for (let sent = 0; sent < 40 && !socket.destroyed; sent += 1) {
      await new Promise((resolve) => socket.write(chunk, resolve));
    }
    expect(await readToEnd(socket.resume())).toMatch(/^HTTP\/1\.1 413/u);
  });

  test('is counted where it was not declared', async () => {
    await using server = await startTestServer({ limits: { bodyBytes: 100_000 } });
    const { headers } = modernCall(server.authorization, 'echo');
    async function* body(): AsyncGenerator<Buffer> {
      for (let sent = 0; sent < 50; sent += 1) {
        yield Buffer.alloc(10_000, 'x');
        await delay(1);
      }
    }
    const response = await fetch(server.url, { method: 'POST', headers, body: body(), duplex: 'half' });
    expect(response.status).toBe(413);
  });

  test('just within the bound passes', async () => {
    await using server = await startTestServer();
    const call = modernCall(server.authorization, 'echo', { text: 'x'.repeat(4_000_000) });
    const response = await fetch(server.url, call);
    expect(response.status).toBe(200);
  });

  test('is not asked for before the token was seen', async () => {
    await using server = await startTestServer();
    const answer = await rawExchange(
      server.port,
      'POST /mcp HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401/u);
    expect(answer).not.toContain('100 Continue');
  });

  test('is asked for when the token is right', async () => {
    await using server = await startTestServer();
    const { headers, body } = modernCall(server.authorization, 'who');
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const socket = await openSocket(server.port);
    const answer = readToEnd(socket);
    socket.write(
      [
        'POST /mcp HTTP/1.1',
        'Host: localhost',
        'Expect: 100-continue',
        'Connection: close',
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...lines,
        '',
        body,
      ].join('\r\n'),
    );
    expect(await answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/u);
  });
});

describe('the number of calls', () => {
  test('at once of one client is bounded: 200 calls, and none hangs', async () => {
    await using server = await startTestServer();
    const responses = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        fetch(server.url, modernCall(server.authorization, 'slow', { name: `${index}`, durationMs: 2_000 })),
      ),
    );
    expect(statusCounts(responses)).toEqual({ 200: 64, 429: 136 });
    const refused = responses.filter(({ status }) => status === 429);
    expect(refused.every(({ headers }) => headers.get('retry-after') === '1')).toBe(true);
    expect(await refused[0]?.json()).toMatchObject({
      error: { message: expect.stringContaining('64 are allowed') },
    });
    const after = await fetch(server.url, modernCall(server.authorization, 'who'));
    expect(after.status).toBe(200);
  });

  test('at once of all clients is bounded, and a client alone cannot take them all', async () => {
    await using issuer = await startTokenIssuer();
    await using server = await startTestServer({
      authentication: issuer.options,
      limits: { calls: 5, callsPerClient: 3 },
    });
    const hold = async (sub: string, count: number): Promise<readonly Response[]> => {
      const authorization = await issuer.authorize({ sub });
      return Promise.all(
        Array.from({ length: count }, () =>
          fetch(server.url, modernCall(authorization, 'slow', { name: sub, durationMs: 800 })),
        ),
      );
    };
    const ada = hold('ada', 4);
    await vi.waitFor(() => expect(server.service.started).toHaveLength(3));
    const grace = hold('grace', 3);
    expect(statusCounts(await ada)).toEqual({ 200: 3, 429: 1 });
    expect(statusCounts(await grace)).toEqual({ 200: 2, 503: 1 });
  });

  test('over time is bounded for each client, and comes back', async () => {
    await using server = await startTestServer({
      limits: { requestBurstPerClient: 5, requestsPerSecondPerClient: 20 },
    });
    const call = (): Promise<Response> => fetch(server.url, modernCall(server.authorization, 'who'));
    const burst = await Promise.all(Array.from({ length: 12 }, call));
    const counts = statusCounts(burst);
    expect(counts[200]).toBeGreaterThanOrEqual(5);
    expect(counts[200]).toBeLessThan(10);
    const refused = burst.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    await delay(300);
    expect((await call()).status).toBe(200);
  });
});

describe('a client whose calls are all taken', () => {
  test('can still cancel one of them', async () => {
    await using server = await startTestServer({ limits: { callsPerClient: 1 } });
    const session = await initializeLegacy(server.url, server.authorization);
    const call = await session.post(legacyCall(1, 'slow', { name: 'slow' }));
    await vi.waitFor(() => expect(server.service.started).toEqual(['slow']));
    const another = await session.post(legacyCall(2, 'who'));
    expect(another.status).toBe(429);
    const message = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } };
    const cancelled = await session.post(message);
    expect(cancelled.status).toBe(202);
    expect(await call.text()).toBe('');
    expect(server.service.aborted).toEqual(['slow']);
  });

  test('pays for each call of a batch', async () => {
    await using server = await startTestServer({ limits: { callsPerClient: 3 } });
    const session = await initializeLegacy(server.url, server.authorization);
    const batches = [3, 4].map((count) => Array.from({ length: count }, (_, id) => legacyCall(id, 'who')));
    const statuses: number[] = [];
    for (const batch of batches) {
      const response = await session.post(batch);
      await response.text();
      statuses.push(response.status);
    }
    expect(statuses).toEqual([200, 429]);
  });
});

describe('clients that are slow on purpose', () => {
  test.each([
    ['say nothing', ''],
    ['send a header at a time', 'POST /mcp HTTP/1.1\r\nHost: localhost\r\n'],
    ['send a body and never end it', 'BODY'],
  ])('%s, and are cut off', async (_what, beginning) => {
    await using server = await startTestServer({ limits: FAST_CHECKS });
    const socket = await openSocket(server.port);
    const startedAtMs = performance.now();
    const { headers } = modernCall(server.authorization, 'who');
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const body = ['POST /mcp HTTP/1.1', 'Host: localhost', 'Content-Length: 99', ...lines, '', '{'].join(
      '\r\n',
    );
    socket.write(beginning === 'BODY' ? body : beginning);
    const trickle = setInterval(() => socket.write(beginning === '' ? '' : 'x'), 100);
    const answer = await readToEnd(socket);
    clearInterval(trickle);
    expect(performance.now() - startedAtMs).toBeLessThan(3_000);
    expect(answer === '' || answer.startsWith('HTTP/1.1 408')).toBe(true);
  });

  test('headers that are too large are refused', async () => {
    await using server = await startTestServer();
    const response = await fetch(server.url, { headers: { 'X-Large': 'x'.repeat(20_000) } });
    expect(response.status).toBe(431);
  });

  test('an answer that nobody reads ends its call', async () => {
    await using server = await startTestServer({
      limits: { unreadAnswerTimeoutMs: 300, bodyBytes: 40_000_000 },
    });
    const { headers, body } = modernCall(server.authorization, 'echo', { text: 'x'.repeat(30_000_000) });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const socket = await openSocket(server.port);
    socket.pause();
    const head = [
      'POST /mcp HTTP/1.1',
      'Host: localhost',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...lines,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    await delay(2_500);
    const received = (await readToEnd(socket.resume())).length;
    expect(received).toBeGreaterThan(0);
    expect(received).toBeLessThan(30_000_000);
  });

  test('connections beyond the bound are closed as they come', async () => {
    await using server = await startTestServer({ limits: { connections: 5 } });
    const sockets = await Promise.all(Array.from({ length: 12 }, () => openSocket(server.port)));
    await vi.waitFor(() =>
      expect(sockets.filter(({ readableEnded, destroyed }) => readableEnded || destroyed)).toHaveLength(7),
    );
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => {
      const { status } = await fetch(server.url, modernCall(server.authorization, 'who'));
      expect(status).toBe(200);
    });
  });
});
