import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { connectV1, connectV2 } from './support/connect-clients.ts';
import { initializeLegacy, legacyCall, legacyHeaders } from './support/legacy-requests.ts';
import { modernCall } from './support/modern-call.ts';
import { openSocket, readToEnd } from './support/raw-exchange.ts';
import { startTestServer } from './support/start-test-server.ts';

const GRACE = { limits: { shutdownGraceMs: 300, shutdownTimeoutMs: 2_000 } };

describe('a shutdown in the middle of everything', () => {
  test('ends calls of both eras, streams and connections within its time, and says why', async () => {
    const server = await startTestServer(GRACE);
    const session = await initializeLegacy(server.url, server.authorization);
    const stream = await fetch(server.url, {
      headers: legacyHeaders(server.authorization, session.sessionId),
    });
    const legacy = await session.post(legacyCall(1, 'slow', { name: 'legacy' }));
    const modern = fetch(server.url, modernCall(server.authorization, 'slow', { name: 'modern' }));
    const idle = await openSocket(server.port);
    const half = await openSocket(server.port);
    half.write('POST /mcp HTTP/1.1\r\nHost: loc');
    await vi.waitFor(() => expect(server.service.started).toHaveLength(2));

    const startedAtMs = performance.now();
    await server.serving.close();
    expect(performance.now() - startedAtMs).toBeLessThan(2_500);

    expect(server.service.aborted.toSorted()).toEqual(['legacy', 'modern']);
    expect(await legacy.text()).toContain('shutting down');
    const answer = await modern;
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('shutting down');
    expect(await stream.text()).toBe('');
    expect(await readToEnd(idle)).toBe('');
    expect(await readToEnd(half)).not.toContain('200');
    await expect(fetch(server.url, modernCall(server.authorization, 'who'))).rejects.toThrow('fetch failed');
  });

  test('lets a short call finish', async () => {
    const server = await startTestServer({ limits: { shutdownGraceMs: 2_000 } });
    const session = await initializeLegacy(server.url, server.authorization);
    const legacy = await session.post(legacyCall(1, 'slow', { name: 'legacy', durationMs: 400 }));
    const modern = fetch(
      server.url,
      modernCall(server.authorization, 'slow', { name: 'modern', durationMs: 400 }),
    );
    await vi.waitFor(() => expect(server.service.started).toHaveLength(2));
    await server.serving.close();
    expect(await legacy.text()).toContain('finished');
    expect(await (await modern).text()).toContain('finished');
    expect(server.service.aborted).toEqual([]);
  });

  test('with nothing to end takes no time, the second time neither', async () => {
    const server = await startTestServer();
    await using connected = await connectV2(server.url, server.authorization);
    await connected.client.listTools();
    const startedAtMs = performance.now();
    await Promise.all([server.serving.close(), server.serving.close()]);
    await server.serving.close();
    expect(performance.now() - startedAtMs).toBeLessThan(500);
  });

  test('with a client connected and its stream open takes no time', async () => {
    const server = await startTestServer();
    await using connected = await connectV1(server.url, server.authorization);
    await connected.client.listTools();
    const startedAtMs = performance.now();
    await server.serving.close();
    expect(performance.now() - startedAtMs).toBeLessThan(500);
  });

  test('is not ready any more while it lives on, and refuses what comes on open connections', async () => {
    const server = await startTestServer(GRACE);
    const keptAlive = await openSocket(server.port);
    const answers = readToEnd(keptAlive);
    keptAlive.write('GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const running = fetch(server.url, modernCall(server.authorization, 'slow', { name: 'slow' }));
    await vi.waitFor(() => expect(server.service.started).toHaveLength(1));
    // A request that has begun keeps its connection open when the idle ones are closed.
    keptAlive.write('GET /readyz HTTP/1.1\r\n');
    await delay(50);
    const closing = server.serving.close();
    keptAlive.write('Host: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await closing;
    await running;
    const text = await answers;
    const statuses = [...text.matchAll(/HTTP\/1\.1 (?<status>\d+)/gu)].map(({ groups }) => groups?.status);
    expect(statuses.slice(0, 2)).toEqual(['200', '503']);
    expect(text).toContain('{"status":"shutting down"}');
  });
});
