import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { heapBytesInUse } from './support/heap-bytes-in-use.ts';
import { modernCall } from './support/modern-call.ts';
import { openSocket, rawExchange } from './support/raw-exchange.ts';
import { rawCall } from './support/raw-call.ts';
import { startTestServer } from './support/start-test-server.ts';

const CLOSE = 'Connection: close';
const CHUNKED = 'Transfer-Encoding: chunked';
const SMUGGLED = '0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** Requests that two programs in a row could take for different things, by what is wrong with them. */
const AMBIGUOUS: Readonly<Record<string, readonly [lines: readonly string[], body: string]>> = {
  'a length and chunks': [[CHUNKED, 'Content-Length: 4'], SMUGGLED],
  'chunks that are not the last coding': [['Transfer-Encoding: chunked, identity'], SMUGGLED],
  'a coding that nobody knows': [['Transfer-Encoding: xchunked'], SMUGGLED],
  'two lengths': [['Content-Length: 4', 'Content-Length: 5'], 'hello'],
  'a list of lengths': [['Content-Length: 5, 5'], 'hello'],
  'a length with a sign': [['Content-Length: +5'], 'hello'],
  'a negative length': [['Content-Length: -1'], ''],
  'a blank before the colon': [['X-Name : value'], ''],
  'a line that goes on in the next': [['X-Name: value\r\n more'], ''],
  'a line feed alone': [['X-Name: value\nX-Other: value'], ''],
  'a carriage return alone': [['X-Name: value\rX-Other: value'], ''],
  'a nul': [['X-Name: val\0ue'], ''],
  'chunk extensions without end': [[CHUNKED], `1;${'x'.repeat(20_000)}\r\nx\r\n${SMUGGLED}`],
  'trailers without end': [[CHUNKED], `1\r\nx\r\n0\r\nX-Name: ${'x'.repeat(20_000)}\r\n\r\n`],
};

describe('a request that could be read in two ways', () => {
  test.each(Object.entries(AMBIGUOUS))('%s is refused once, and its connection closed', async (_, given) => {
    const [lines, body] = given;
    await using server = await startTestServer();
    const call = { ...modernCall(server.authorization, 'who'), body };
    const answer = await rawExchange(server.port, rawCall(call, lines));
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /u);
    expect(answer.match(/HTTP\/1\.1/gu)).toHaveLength(1);
    expect(server.service.principals.size).toBe(0);
  });

  test.each([
    ['two tokens', 'Authorization: Bearer another-token-that-is-long', 401],
    ['two origins, one of them allowed', 'Origin: http://localhost\r\nOrigin: https://evil.example.com', 403],
    ['two sessions', 'Mcp-Session-Id: one\r\nMcp-Session-Id: two', 200],
    ['a name of the prototype', '__proto__: x\r\nconstructor: x\r\ntoString: x', 200],
    ['bytes beyond ASCII', 'X-Name: ÿþ', 200],
    ['another protocol to change to', 'Upgrade: websocket', 200],
    ['a port that there is not', 'Host: localhost:99999', 403],
  ])('%s: the status says which way', async (_, line, status) => {
    await using server = await startTestServer();
    const answer = await rawExchange(
      server.port,
      rawCall(modernCall(server.authorization, 'who'), [line, CLOSE]),
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, 'u'));
  });
});

describe('calls one behind the other on one connection', () => {
  test('all end with it', async () => {
    await using server = await startTestServer();
    const socket = await openSocket(server.port);
    for (const name of ['one', 'two', 'three']) {
      socket.write(rawCall(modernCall(server.authorization, 'slow', { name })));
    }
    await vi.waitFor(() => expect(server.service.started).toHaveLength(3));
    socket.resetAndDestroy();
    await vi.waitFor(() => expect(server.service.aborted.toSorted()).toEqual(['one', 'three', 'two']));
  });
});

describe('who reads', () => {
  test('slowly gets a large answer to its end', async () => {
    await using server = await startTestServer({
      limits: { unreadAnswerTimeoutMs: 400, bodyBytes: 20_000_000 },
    });
    const socket = await openSocket(server.port);
    socket.pause();
    const text = 'x'.repeat(12_000_000);
    socket.write(rawCall(modernCall(server.authorization, 'echo', { text }), [CLOSE]));
    let receivedBytes = 0;
    const reading = setInterval(() => {
      receivedBytes += (socket.read() as Buffer | null)?.byteLength ?? 0;
    }, 10);
    // Without a listener nothing is read from the system.
    socket.on('readable', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(reading);
    expect(receivedBytes).toBeGreaterThan(text.length);
  });

  test('nothing at all loses the connection to others, without a token too', async () => {
    await using server = await startTestServer({
      limits: { connections: 1, unreadAnswerTimeoutMs: 300, idleConnectionTimeoutMs: 300 },
    });
    const socket = await openSocket(server.port);
    socket.pause();
    const requests = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(10_000);
    // Until the answers fill what the system keeps for a connection.
    let isStalled = false;
    for (let sent = 0; sent < 50 && !isStalled; sent += 1) {
      const written = new Promise<boolean>((resolve) => socket.write(requests, () => resolve(false)));
      isStalled = await Promise.race([written, delay(1_000, true)]);
    }
    const { status } = await vi.waitFor(() => fetch(server.url), { timeout: 8_000, interval: 200 });
    expect(status).toBe(401);
    socket.destroy();
  });
});

/** With what stands outside of the heap: the bytes of buffers. */
async function bytesInUse(): Promise<number> {
  const heapBytes = await heapBytesInUse();
  return heapBytes + process.memoryUsage().arrayBuffers;
}

describe('a body', () => {
  test('in 450,000 chunks takes no more memory than its bytes', async () => {
    await using server = await startTestServer();
    const socket = await openSocket(server.port);
    const call = { ...modernCall(server.authorization, 'who'), body: '' };
    socket.write(rawCall(call, [CHUNKED]));
    const before = await bytesInUse();
    const block = '1\r\nx\r\n'.repeat(20_000);
    for (let sent = 0; sent < 23; sent += 1) await new Promise((resolve) => socket.write(block, resolve));
    // Until the server has read what the system kept for it.
    await delay(500);
    expect((await bytesInUse()) - before).toBeLessThan(45_000_000);
    socket.destroy();
  });

  test.each([
    ['lists', '[],'],
    ['objects', '{},'],
    ['numbers', '1,'],
  ])('of a million %s is refused before anything is made of it', async (_, value) => {
    await using server = await startTestServer();
    const call = modernCall(server.authorization, 'echo', { text: 'HERE' });
    const body = call.body.replace('"HERE"', `[${value.repeat(1_000_000)}0]`);
    const response = await fetch(server.url, { ...call, body });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('50000 values');
  });

  test('of one long text is taken, whatever stands in it', async () => {
    await using server = await startTestServer();
    const text = '[],{}:"\\'.repeat(200_000);
    const response = await fetch(server.url, modernCall(server.authorization, 'echo', { text }));
    expect(response.status).toBe(200);
  });
});

describe('1,000 connections that say nothing', () => {
  test('keep nobody else from being served, and are closed in time', async () => {
    await using server = await startTestServer({
      limits: { headersTimeoutMs: 2_000, timeoutCheckIntervalMs: 100 },
    });
    const sockets = await Promise.all(Array.from({ length: 1_000 }, () => openSocket(server.port)));
    const startedAtMs = performance.now();
    const { status } = await fetch(server.url, modernCall(server.authorization, 'who'));
    expect(status).toBe(200);
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    for (const socket of sockets) socket.resume();
    await vi.waitFor(() => expect(sockets.filter(({ closed }) => !closed)).toHaveLength(0), {
      timeout: 6_000,
    });
  });
});
