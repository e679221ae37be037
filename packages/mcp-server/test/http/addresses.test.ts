import { describe, expect, test } from 'vitest';
import { modernCall } from './support/modern-call.ts';
import { rawExchange } from './support/raw-exchange.ts';
import { startTestServer, type TestServer } from './support/start-test-server.ts';

const PAGE = 'https://app.example.com';

/** The status of a call with these header lines, which `fetch` would not send. */
async function statusWith(server: TestServer, lines: readonly string[], target = '/mcp'): Promise<number> {
  const { headers, body } = modernCall(server.authorization, 'who');
  const sent = [
    `POST ${target} HTTP/1.1`,
    ...lines,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
  const answer = await rawExchange(server.port, sent);
  return Number(/^HTTP\/1\.1 (?<status>\d+)/u.exec(answer)?.groups?.status);
}

describe('the Host header', () => {
  test.each(['Host: 127.0.0.1', 'Host: localhost:1', 'Host: LocalHost', 'Host: [::1]:8080'])(
    '%s is this machine',
    async (line) => {
      await using server = await startTestServer();
      expect(await statusWith(server, [line])).toBe(200);
    },
  );

  test.each([
    ['Host: evil.example.com'],
    ['Host: 127.0.0.1.evil.example.com'],
    ['Host: localhost.evil.example.com:80'],
    ['Host: evil@127.0.0.1'],
    ['Host: 127.0.0.1@evil'],
    ['Host: localhost.'],
    ['Host: 0.0.0.0'],
    ['Host: 2130706433'],
    ['Host: '],
    ['Host: localhost', 'Host: evil.example.com'],
  ])('%s is refused, whatever the token', async (...lines) => {
    await using server = await startTestServer();
    const status = await statusWith(server, lines);
    expect([400, 403]).toContain(status);
    expect(server.service.principals.size).toBe(0);
  });

  test('is needed', async () => {
    await using server = await startTestServer();
    expect(await statusWith(server, [])).toBe(400);
  });

  test('may hold a configured name', async () => {
    await using server = await startTestServer({ allowedHosts: ['cloche.example.com'] });
    expect(await statusWith(server, ['Host: cloche.example.com:443'])).toBe(200);
    expect(await statusWith(server, ['Host: other.example.com'])).toBe(403);
  });

  test.each(['https://cloche.example.com', 'cloche.example.com:443', '*', ''])(
    'an allowed name that is none is refused at the start: %j',
    async (name) => {
      await expect(startTestServer({ allowedHosts: [name] })).rejects.toMatchObject({
        code: 'ERR_CONFIG_INVALID',
      });
    },
  );

  test('a whole address as target is not served', async () => {
    await using server = await startTestServer();
    expect(await statusWith(server, ['Host: localhost'], 'http://evil.example.com/mcp')).toBe(404);
    expect(await statusWith(server, ['Host: localhost'], '//evil.example.com/mcp')).toBe(404);
  });
});

describe('the Origin header', () => {
  test.each([
    'http://evil.example.com',
    'null',
    'http://127.0.0.1.evil.example.com',
    'file://',
    'http://localhost@evil',
    PAGE,
  ])('%s is refused', async (origin) => {
    await using server = await startTestServer();
    const { headers, ...rest } = modernCall(server.authorization, 'who');
    const response = await fetch(server.url, { ...rest, headers: { ...headers, Origin: origin } });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('of a page of this machine passes, but gets no leave to read', async () => {
    await using server = await startTestServer();
    const { headers, ...rest } = modernCall(server.authorization, 'who');
    const response = await fetch(server.url, {
      ...rest,
      headers: { ...headers, Origin: 'http://localhost:5173' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('of a configured page may ask, call and read, refusals included', async () => {
    await using server = await startTestServer({ allowedOrigins: [PAGE] });
    const asked = await fetch(server.url, { method: 'OPTIONS', headers: { Origin: PAGE } });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-headers')).toContain('Authorization');
    const { headers, ...rest } = modernCall(server.authorization, 'who');
    const called = await fetch(server.url, { ...rest, headers: { ...headers, Origin: PAGE } });
    const refused = await fetch(server.url, {
      ...rest,
      headers: { ...headers, Authorization: '', Origin: PAGE },
    });
    expect([called.status, refused.status]).toEqual([200, 401]);
    for (const response of [asked, called, refused]) {
      expect(response.headers.get('access-control-allow-origin')).toBe(PAGE);
      expect(response.headers.get('vary')).toContain('Origin');
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('another page may not even ask', async () => {
    await using server = await startTestServer({ allowedOrigins: [PAGE] });
    const asked = await fetch(server.url, {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.example.com' },
    });
    expect(asked.status).toBe(403);
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['https://app.example.com/', 'app.example.com', '*'])(
    'an allowed origin that is none is refused at the start: %s',
    async (origin) => {
      await expect(startTestServer({ allowedOrigins: [origin] })).rejects.toMatchObject({
        code: 'ERR_CONFIG_INVALID',
      });
    },
  );

  test('an address that is taken is refused at the start', async () => {
    await using server = await startTestServer();
    await expect(startTestServer({ port: server.port })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
    });
  });
});
