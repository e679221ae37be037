import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../src/http/serve-http.ts';
import { modernCall } from './support/modern-call.ts';
import { startTestServer } from './support/start-test-server.ts';
import { createTestService } from './support/test-service.ts';

const GIVEN = 'a-token-that-somebody-has-given';

describe('a static token', () => {
  test('is made at start, from 256 random bits, and another one each time', async () => {
    await using one = await startTestServer();
    await using other = await startTestServer();
    expect(one.serving.token).toMatch(/^[\w-]{43}$/u);
    expect(other.serving.token).not.toBe(one.serving.token);
  });

  test('is taken when it was given', async () => {
    await using server = await startTestServer({ authentication: { kind: 'token', token: GIVEN } });
    const { status } = await fetch(server.url, modernCall(`Bearer ${GIVEN}`, 'who'));
    expect(status).toBe(200);
    expect(server.serving.token).toBe(GIVEN);
  });

  test.each([
    ['none', ''],
    ['a wrong one', 'Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
    ['a part of it', `Bearer ${GIVEN.slice(0, -1)}`],
    ['more than it', `Bearer ${GIVEN}x`],
    ['another scheme', `Basic ${GIVEN}`],
    ['an empty one', 'Bearer '],
  ])('%s is refused with a challenge, and no server is made', async (_what, authorization) => {
    await using server = await startTestServer({ authentication: { kind: 'token', token: GIVEN } });
    const response = await fetch(server.url, modernCall(authorization, 'who'));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="cloche"/u);
    expect(await response.text()).not.toContain(GIVEN);
    expect(server.service.principals.size).toBe(0);
  });

  test('in the address is no token', async () => {
    await using server = await startTestServer({ authentication: { kind: 'token', token: GIVEN } });
    const response = await fetch(`${server.url}?access_token=${GIVEN}`, modernCall('', 'who'));
    expect(response.status).toBe(401);
  });

  test('gives nothing of itself away in the principal', async () => {
    await using server = await startTestServer({ authentication: { kind: 'token', token: GIVEN } });
    await fetch(server.url, modernCall(`Bearer ${GIVEN}`, 'who'));
    const [principal] = server.service.principals;
    expect(principal).toMatch(/^[\w-]{43}$/u);
    expect(principal).not.toContain(GIVEN);
  });

  test('of several is a client of its own each, and none of them is shown', async () => {
    const token = ['a-token-of-the-first-client', 'a-token-of-the-second-client'];
    await using server = await startTestServer({ authentication: { kind: 'token', token } });
    for (const each of [...token, token[0] ?? '']) {
      const { status } = await fetch(server.url, modernCall(`Bearer ${each}`, 'who'));
      expect(status).toBe(200);
    }
    expect(server.service.principals.size).toBe(2);
    expect(server.serving.token).toBeNull();
    const { status } = await fetch(server.url, modernCall(`Bearer ${token.join('')}`, 'who'));
    expect(status).toBe(401);
  });

  test('is needed: an empty list lets nobody listen', async () => {
    const authentication = { kind: 'token', token: [] } as const;
    const serving = serveHttp({ service: createTestService(), authentication });
    await expect(serving).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
  });

  test.each(['too-few', 'with a space in its middle', 'with-a-newline\nin-it'])(
    'that cannot be used is refused at the start: %j',
    async (token) => {
      const serving = serveHttp({ service: createTestService(), authentication: { kind: 'token', token } });
      await expect(serving).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
      await expect(serving).rejects.not.toThrow(token);
    },
  );
});

describe('health', () => {
  test('is told without a token, and nothing else is', async () => {
    await using server = await startTestServer();
    const answers = await Promise.all(
      ['/healthz', '/readyz', '/', '/mcp/', '/metrics', '/.well-known/oauth-protected-resource/mcp'].map(
        async (path) => {
          const response = await fetch(server.origin + path);
          return [path, response.status];
        },
      ),
    );
    expect(Object.fromEntries(answers)).toEqual({
      '/healthz': 200,
      '/readyz': 200,
      '/': 404,
      '/mcp/': 404,
      '/metrics': 404,
      '/.well-known/oauth-protected-resource/mcp': 404,
    });
    const health = await fetch(`${server.origin}/healthz`);
    expect(await health.json()).toEqual({ status: 'ok' });
    expect(health.headers.get('server')).toBeNull();
  });
});
