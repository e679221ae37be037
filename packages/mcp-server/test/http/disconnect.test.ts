import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { connectV1, connectV2 } from './support/connect-clients.ts';
import { initializeLegacy, legacyCall, legacyHeaders } from './support/legacy-requests.ts';
import { modernCall } from './support/modern-call.ts';
import { openSocket } from './support/raw-exchange.ts';
import { startTestServer, type TestServer } from './support/start-test-server.ts';

const SLOW = { name: 'slow', arguments: { name: 'slow' } };
const ONE_CALL = { limits: { callsPerClient: 1 } };

/** True once the tool was told, and the one call that the client may have is free again. */
async function isAborted({ service, url, authorization }: TestServer): Promise<boolean> {
  await vi.waitFor(() => expect(service.aborted).toEqual(['slow']), { timeout: 2_000 });
  await vi.waitFor(async () => {
    const { status } = await fetch(url, modernCall(authorization, 'who'));
    expect(status).toBe(200);
  });
  return true;
}

async function outcomeOf(calling: Promise<unknown>): Promise<string> {
  const [{ status }] = await Promise.allSettled([calling]);
  return status;
}

async function untilStarted({ service }: TestServer): Promise<void> {
  await vi.waitFor(() => expect(service.started).toEqual(['slow']));
}

describe('a client that goes away in the middle of a call', () => {
  test('ends it in revision 2026-07-28', async () => {
    await using server = await startTestServer(ONE_CALL);
    const controller = new AbortController();
    const call = modernCall(server.authorization, 'slow', { name: 'slow' });
    const calling = fetch(server.url, { ...call, signal: controller.signal }).catch(() => null);
    await untilStarted(server);
    controller.abort();
    await calling;
    expect(await isAborted(server)).toBe(true);
  });

  test('ends it in the 2025 era, where a stream is open already', async () => {
    await using server = await startTestServer(ONE_CALL);
    const session = await initializeLegacy(server.url, server.authorization);
    const controller = new AbortController();
    const response = await session.post(legacyCall(1, 'slow', { name: 'slow' }), controller.signal);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await untilStarted(server);
    controller.abort();
    expect(await isAborted(server)).toBe(true);
  });

  test('may use the id again, on the same session', async () => {
    await using server = await startTestServer(ONE_CALL);
    const session = await initializeLegacy(server.url, server.authorization);
    const controller = new AbortController();
    await session.post(legacyCall(1, 'slow', { name: 'slow' }), controller.signal);
    await untilStarted(server);
    controller.abort();
    expect(await isAborted(server)).toBe(true);
    const again = await session.post(legacyCall(1, 'echo', { text: 'again' }));
    expect(await again.text()).toContain('again');
  });

  test('ends every call of its batch', async () => {
    await using server = await startTestServer();
    const session = await initializeLegacy(server.url, server.authorization);
    const controller = new AbortController();
    const batch = ['one', 'two', 'three'].map((name, id) => legacyCall(id, 'slow', { name }));
    await session.post(batch, controller.signal);
    await vi.waitFor(() => expect(server.service.started).toHaveLength(3));
    controller.abort();
    await vi.waitFor(() => expect(server.service.aborted.toSorted()).toEqual(['one', 'three', 'two']));
  });

  test.each(['destroyed', 'half-closed'])('without a word, its socket %s', async (how) => {
    await using server = await startTestServer(ONE_CALL);
    const { headers, body } = modernCall(server.authorization, 'slow', { name: 'slow' });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const socket = await openSocket(server.port);
    const head = [
      'POST /mcp HTTP/1.1',
      'Host: localhost',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...lines,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    await untilStarted(server);
    if (how === 'destroyed') socket.resetAndDestroy();
    else socket.end();
    expect(await isAborted(server)).toBe(true);
    socket.destroy();
  });

  test('before its body is complete, nothing has begun', async () => {
    await using server = await startTestServer(ONE_CALL);
    const socket = await openSocket(server.port);
    const lines = Object.entries(legacyHeaders(server.authorization)).map(
      ([name, value]) => `${name}: ${value}`,
    );
    socket.write(
      ['POST /mcp HTTP/1.1', 'Host: localhost', 'Content-Length: 50', ...lines, '', '{'].join('\r\n'),
    );
    socket.end();
    await once(socket.resume(), 'close');
    const { status } = await fetch(server.url, modernCall(server.authorization, 'who'));
    expect(status).toBe(200);
  });
});

describe('a client that cancels', () => {
  test('ends its call: the v2 client in revision 2026-07-28', async () => {
    await using server = await startTestServer(ONE_CALL);
    await using connected = await connectV2(server.url, server.authorization);
    const controller = new AbortController();
    const outcome = outcomeOf(connected.client.callTool(SLOW, { signal: controller.signal }));
    await untilStarted(server);
    controller.abort();
    expect(await outcome).toBe('rejected');
    expect(await isAborted(server)).toBe(true);
  });

  test('ends its call: the v1 client, with a notification, and the stream of the call is closed', async () => {
    await using server = await startTestServer({ limits: { callsPerClient: 2 } });
    await using connected = await connectV1(server.url, server.authorization);
    const controller = new AbortController();
    const outcome = outcomeOf(connected.client.callTool(SLOW, undefined, { signal: controller.signal }));
    await untilStarted(server);
    controller.abort();
    expect(await outcome).toBe('rejected');
    expect(await isAborted(server)).toBe(true);
    const both = await Promise.all([1, 2].map(() => connected.client.callTool({ name: 'who' })));
    expect(both).toHaveLength(2);
  });

  test('without leaving: the stream ends with no answer', async () => {
    await using server = await startTestServer();
    const session = await initializeLegacy(server.url, server.authorization);
    const response = await session.post(legacyCall(7, 'slow', { name: 'slow' }));
    await untilStarted(server);
    const message = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } };
    await session.post(message);
    expect(await response.text()).toBe('');
    expect(server.service.aborted).toEqual(['slow']);
  });

  test('the call of another session with the same id goes on', async () => {
    await using server = await startTestServer();
    const one = await initializeLegacy(server.url, server.authorization);
    const other = await initializeLegacy(server.url, server.authorization);
    const response = await one.post(legacyCall(7, 'slow', { name: 'slow', durationMs: 500 }));
    await untilStarted(server);
    await other.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } });
    expect(await response.text()).toContain('finished');
    expect(server.service.aborted).toEqual([]);
  });
});
