import { describe, expect, test } from 'vitest';
import { metadataAddresses } from '../../src/http/authentication/metadata-addresses.ts';
import type { JwtAuthentication } from '../../src/http/http-options.ts';
import { modernCall } from './support/modern-call.ts';
import { startTestServer } from './support/start-test-server.ts';
import type { IssuerDocument, TokenIssuer } from './support/token-issuer.ts';
import { startTokenIssuer } from './support/token-issuer.ts';

const OAUTH = '/.well-known/oauth-authorization-server';
const OPENID = '/.well-known/openid-configuration';
const GOOD: IssuerDocument = { body: JSON.stringify({ issuer: 'ISSUER', jwks_uri: 'ORIGIN/keys' }) };

function withoutKeys({ options }: TokenIssuer): JwtAuthentication {
  const { jwksUrl: _, ...rest } = options;
  return rest;
}

async function statusWith(issuer: TokenIssuer): Promise<number> {
  await using server = await startTestServer({ authentication: withoutKeys(issuer) });
  const { status } = await fetch(server.url, modernCall(await issuer.authorize(), 'who'));
  return status;
}

describe('the keys of an issuer without an address for them', () => {
  test('its metadata are looked for in every place where they may be', () => {
    const places = (issuer: string): string[] => metadataAddresses(new URL(issuer)).map(({ href }) => href);
    expect(places('https://login.example.com/')).toEqual([
      `https://login.example.com${OAUTH}`,
      `https://login.example.com${OPENID}`,
    ]);
    expect(places('https://login.example.com/tenant/1')).toEqual([
      `https://login.example.com${OAUTH}/tenant/1`,
      `https://login.example.com${OPENID}/tenant/1`,
      `https://login.example.com/tenant/1${OPENID}`,
    ]);
  });

  test.each([
    ['RFC 8414', '', OAUTH],
    ['OpenID Connect', '', OPENID],
    ['RFC 8414 with a path', '/tenant', `${OAUTH}/tenant`],
    ['OpenID Connect, the path inserted', '/tenant', `${OPENID}/tenant`],
    ['OpenID Connect, the path before', '/tenant', `/tenant${OPENID}`],
  ])('are found: %s', async (_, path, place) => {
    await using issuer = await startTokenIssuer({ path, documents: { [place]: GOOD } });
    expect(await statusWith(issuer)).toBe(200);
  });

  test('are asked for once, however many tokens come at a time', async () => {
    await using issuer = await startTokenIssuer({ documents: { [OAUTH]: GOOD } });
    await using server = await startTestServer({ authentication: withoutKeys(issuer) });
    const authorization = await issuer.authorize();
    expect(issuer.paths).toEqual([]);
    const calls = Array.from({ length: 8 }, () => fetch(server.url, modernCall(authorization, 'who')));
    for (const { status } of await Promise.all(calls)) expect(status).toBe(200);
    expect((await fetch(server.url, modernCall(authorization, 'who'))).status).toBe(200);
    expect(issuer.paths).toEqual([OAUTH, '/keys']);
  });

  test('an address that was given is taken, and nothing is looked for', async () => {
    await using issuer = await startTokenIssuer({ documents: { [OAUTH]: GOOD } });
    await using server = await startTestServer({ authentication: issuer.options });
    const { status } = await fetch(server.url, modernCall(await issuer.authorize(), 'who'));
    expect(status).toBe(200);
    expect(issuer.paths).toEqual(['/keys']);
  });

  test.each<[string, IssuerDocument]>([
    ['are nowhere', { status: 404 }],
    [
      'stand in a document of another issuer',
      { body: '{"issuer":"https://evil.example","jwks_uri":"ORIGIN/keys"}' },
    ],
    ['are not HTTPS', { body: '{"issuer":"ISSUER","jwks_uri":"http://login.example.com/keys"}' }],
    ['have no address', { body: '{"issuer":"ISSUER"}' }],
    ['are behind a redirect', { status: 302, headers: { Location: 'ORIGIN/elsewhere' } }],
    ['stand in what is no JSON', { body: '<html>' }],
    [
      'stand in half a megabyte',
      { body: `{"issuer":"ISSUER","jwks_uri":"ORIGIN/keys","x":"${'x'.repeat(500_000)}"}` },
    ],
  ])('nobody gets in where they %s', async (_, document) => {
    await using issuer = await startTokenIssuer({ documents: { [OAUTH]: document, '/elsewhere': GOOD } });
    expect(await statusWith(issuer)).toBe(503);
    expect(issuer.keyRequests()).toBe(0);
    expect(issuer.paths).not.toContain('/elsewhere');
  });

  test('where an issuer does not answer, tokens do not make this server ask it each time, and the log says so', async () => {
    await using issuer = await startTokenIssuer();
    const warnings: unknown[] = [];
    const nothing = (): void => undefined;
    const warn = (message: string, fields: unknown): void => void warnings.push([message, fields]);
    const logger = { debug: nothing, info: nothing, warn, error: nothing };
    await using server = await startTestServer({ authentication: withoutKeys(issuer), logger });
    for (let count = 0; count < 5; count += 1) {
      const { status } = await fetch(server.url, modernCall(await issuer.authorize(), 'who'));
      expect(status).toBe(503);
    }
    expect(issuer.paths).toEqual([OAUTH, OPENID]);
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).toContain('status 404');
  });
});
