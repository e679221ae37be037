import { generateKeyPair } from 'jose';
import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../src/http/serve-http.ts';
import { modernCall } from './support/modern-call.ts';
import { startTestServer } from './support/start-test-server.ts';
import { createTestService } from './support/test-service.ts';
import { RESOURCE, startTokenIssuer, type TokenIssuer } from './support/token-issuer.ts';

const PAST_SECONDS = 1_700_000_000;
const METADATA_PATH = '/.well-known/oauth-protected-resource/mcp';

const REFUSED: Readonly<Record<string, (issuer: TokenIssuer) => Promise<string>>> = {
  'an expired one': (issuer) => issuer.authorize({ exp: PAST_SECONDS }),
  'one that never expires': (issuer) => issuer.authorize({ exp: undefined }),
  'one that is not valid yet': (issuer) => issuer.authorize({ nbf: 4_000_000_000 }),
  'one for another server': (issuer) => issuer.authorize({ aud: 'https://other.example.com/mcp' }),
  'one for nobody': (issuer) => issuer.authorize({ aud: undefined }),
  'one of another issuer': (issuer) => issuer.authorize({ iss: 'https://evil.example.com' }),
  'one without a subject': (issuer) => issuer.authorize({ sub: undefined }),
  'one that another key has signed': async (issuer) => {
    const { privateKey } = await generateKeyPair('ES256');
    return issuer.authorize({}, privateKey);
  },
  'one of the algorithm none': async (issuer) => {
    const [, payload] = (await issuer.authorize()).split('.');
    return `Bearer ${encode({ alg: 'none' })}.${payload ?? ''}.`;
  },
  'one that a shared secret has signed': async (issuer) => {
    const [, payload, signature] = (await issuer.authorize()).split('.');
    return `Bearer ${encode({ alg: 'HS256', kid: 'key-1' })}.${payload ?? ''}.${signature ?? ''}`;
  },
  'one that was changed': async (issuer) => {
    const [header, , signature] = (await issuer.authorize()).split('.');
    const claims = { iss: issuer.options.issuer, aud: RESOURCE, sub: 'root', exp: 4_000_000_000 };
    return `${header ?? ''}.${encode(claims)}.${signature ?? ''}`;
  },
  'one that is no JWT': () => Promise.resolve('Bearer abc'),
  'one that is too long': () => Promise.resolve(`Bearer ${'a'.repeat(9_000)}`),
};

describe('JWTs of a configured issuer', () => {
  test('are accepted, with the subject as the client, and the keys are asked for once', async () => {
    await using issuer = await startTokenIssuer();
    await using server = await startTestServer({ authentication: issuer.options });
    const headers = [
      await issuer.authorize(),
      await issuer.authorize({ jti: 'again' }),
      await issuer.authorize({ sub: 'grace' }),
      await issuer.authorize({ aud: ['https://other.example.com', RESOURCE] }),
    ];
    for (const authorization of headers) {
      const { status } = await fetch(server.url, modernCall(authorization, 'who'));
      expect(status).toBe(200);
    }
    expect(server.service.principals.size).toBe(2);
    expect(server.serving.token).toBeNull();
    expect(issuer.keyRequests()).toBe(1);
  });

  test.each(Object.entries(REFUSED))('%s is refused', async (_what, authorize) => {
    await using issuer = await startTokenIssuer();
    await using server = await startTestServer({ authentication: issuer.options });
    const response = await fetch(server.url, modernCall(await authorize(issuer), 'who'));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer error="invalid_token", resource_metadata="https://cloche.example.com${METADATA_PATH}"`,
    );
    expect(server.service.principals.size).toBe(0);
  });

  test('without a token, the challenge says where to learn how to get one', async () => {
    await using issuer = await startTokenIssuer();
    const authentication = { ...issuer.options, requiredScopes: ['cloche:run'] };
    await using server = await startTestServer({ authentication });
    const response = await fetch(server.url, modernCall('', 'who'));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer resource_metadata="https://cloche.example.com${METADATA_PATH}", scope="cloche:run"`,
    );
    const metadata = await fetch(server.origin + METADATA_PATH);
    expect(await metadata.json()).toEqual({
      resource: RESOURCE,
      authorization_servers: [issuer.options.issuer],
      bearer_methods_supported: ['header'],
      resource_name: 'Cloche',
      scopes_supported: ['cloche:run'],
    });
  });

  test('a token needs every required scope', async () => {
    await using issuer = await startTokenIssuer();
    const authentication = { ...issuer.options, requiredScopes: ['run', 'read'] };
    await using server = await startTestServer({ authentication });
    const refused = await fetch(server.url, modernCall(await issuer.authorize({ scope: 'run' }), 'who'));
    const accepted = await fetch(
      server.url,
      modernCall(await issuer.authorize({ scope: 'read x run' }), 'who'),
    );
    expect([refused.status, accepted.status]).toEqual([403, 200]);
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });

  test('while the keys cannot be had, nobody gets in and the answer says so', async () => {
    const issuer = await startTokenIssuer();
    const authorization = await issuer.authorize();
    await issuer[Symbol.asyncDispose]();
    await using server = await startTestServer({ authentication: issuer.options });
    const response = await fetch(server.url, modernCall(authorization, 'who'));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
  });

  test('keys that come with no status of HTTP are keys that cannot be had, and no fault of the token', async () => {
    await using issuer = await startTokenIssuer({ documents: { '/broken-keys': { status: 999 } } });
    const { options } = issuer;
    const authentication = { ...options, jwksUrl: `${options.issuer}/broken-keys` };
    await using server = await startTestServer({ authentication });
    const response = await fetch(server.url, modernCall(await issuer.authorize(), 'who'));
    expect(response.status).toBe(503);
  });

  test('a scope that cannot stand in a challenge is refused at the start', async () => {
    await using issuer = await startTokenIssuer();
    const authentication = { ...issuer.options, requiredScopes: ['run"\r\nX: y'] };
    const serving = serveHttp({ service: createTestService(), authentication });
    await expect(serving).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
  });

  test.each(['issuer', 'jwksUrl', 'resource'] as const)(
    '%s has to be HTTPS beyond loopback',
    async (option) => {
      await using issuer = await startTokenIssuer();
      const authentication = { ...issuer.options, [option]: 'http://login.example.com/x' };
      const serving = serveHttp({ service: createTestService(), authentication });
      await expect(serving).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
    },
  );
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
