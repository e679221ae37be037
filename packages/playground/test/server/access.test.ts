import { readdir, readFile, stat } from 'node:fs/promises';
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Identity, Invitation, SessionOpened } from '../../src/index.ts';
import { artifactRoute, cancelRoute, eventsRoute, ROUTES, runRoute } from '../../src/index.ts';
import { PageClient } from './support/page-client.ts';
import { rawRequest, statusOf } from './support/raw-request.ts';
import { startServer } from './support/start-server.ts';

async function openSession(origin: string, ticket: string): Promise<Response> {
  return fetch(`${origin}${ROUTES.sessions}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${ticket}` },
  });
}

const ticketOf = (address: string): string => new URL(address).hash.slice(1);

describe('a ticket', () => {
  test('opens one session, and no second', async () => {
    const { serving } = await startServer();
    const ticket = ticketOf(serving.address());
    const origin = new URL(serving.url).origin;
    const first = await openSession(origin, ticket);
    expect(first.status).toBe(201);
    expect((await first.json()) as SessionOpened).toMatchObject({ version: '1.2.3' });
    const second = await openSession(origin, ticket);
    expect(second.status).toBe(401);
    expect(await second.text()).not.toContain(ticket);
  });

  test('is followed by the next, so that a page can be loaded anew', async () => {
    const { serving } = await startServer();
    const first = await PageClient.of(serving);
    const second = await PageClient.open(`${serving.url}#${first.session.nextTicket}`);
    expect(second.session.serverId).toBe(first.session.serverId);
    expect((await first.send('GET', ROUTES.settings)).status).toBe(200);
  });

  test('is given to a further tab by one that is open', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const { ticket } = await client.ask<Invitation>('POST', ROUTES.invitations);
    const invited = await PageClient.open(`${serving.url}#${ticket}`);
    expect((await invited.send('GET', ROUTES.runs)).status).toBe(200);
  });

  test('is no token, and a token is no ticket', async () => {
    const { serving } = await startServer();
    const { origin, session } = await PageClient.of(serving);
    expect((await openSession(origin, session.token)).status).toBe(401);
    const asToken = await fetch(`${origin}${ROUTES.settings}`, {
      headers: { Authorization: `Bearer ${session.nextTicket}` },
    });
    expect(asToken.status).toBe(401);
    expect((await openSession(origin, session.nextTicket)).status).toBe(201);
  });
});

describe('a token', () => {
  test('is still good when the server has been started again on its port, unlike the tickets before', async () => {
    const { serving, directory } = await startServer();
    const before = await PageClient.of(serving);
    await serving.close();
    const again = await startServer({ directory, port: serving.port });
    const { ticket } = await before.ask<Invitation>('POST', ROUTES.invitations);
    expect((await openSession(before.origin, before.session.nextTicket)).status).toBe(401);
    const after = await PageClient.open(`${again.serving.url}#${ticket}`);
    expect(after.session.serverId).not.toBe(before.session.serverId);
  });

  test('is good for the port that it was made for alone', async () => {
    const { serving, directory } = await startServer();
    const { session } = await PageClient.of(serving);
    const other = await startServer({ directory });
    const answer = await fetch(`${other.serving.url.slice(0, -1)}${ROUTES.settings}`, {
      headers: { Authorization: `Bearer ${session.token}` },
    });
    expect(answer.status).toBe(401);
  });

  test('is signed with a key that nobody else can read', async () => {
    const { serving, directory } = await startServer();
    const { session } = await PageClient.of(serving);
    const kept = join(directory, 'cloche/state/playground');
    expect((await stat(kept)).mode & 0o777).toBe(0o700);
    expect((await stat(join(kept, 'token-key'))).mode & 0o777).toBe(0o600);
    for (const name of await readdir(kept)) {
      const content = await readFile(join(kept, name)).catch(() => Buffer.alloc(0));
      expect(content.includes(session.token)).toBe(false);
    }
  });

  test.each([
    ['none', undefined],
    ['an empty one', 'Bearer '],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['a made up one', `Bearer ${'a'.repeat(22)}.zzzzzzzz.${'a'.repeat(43)}`],
  ])('%s opens no address of the API', async (_, authorization) => {
    const { serving } = await startServer();
    const { origin } = new URL(serving.url);
    const addresses = [
      ['GET', ROUTES.settings],
      ['PATCH', ROUTES.settings],
      ['POST', ROUTES.invitations],
      ['GET', ROUTES.executors],
      ['GET', ROUTES.models],
      ['GET', ROUTES.runs],
      ['POST', ROUTES.runs],
      ['GET', runRoute('00')],
      ['DELETE', runRoute('00')],
      ['POST', cancelRoute('00')],
      ['GET', eventsRoute('00')],
      ['GET', artifactRoute('00', 'x')],
      ['GET', '/api/anything'],
    ];
    for (const [method = '', path = ''] of addresses) {
      const headers = authorization === undefined ? {} : { Authorization: authorization };
      const answer = await fetch(`${origin}${path}`, { method, headers });
      expect([method, path, answer.status]).toEqual([method, path, 401]);
    }
  });

  test('whose signature or time was changed is not good', async () => {
    const { serving } = await startServer();
    const { origin, session } = await PageClient.of(serving);
    const [random = '', expiry = '', signature = ''] = session.token.split('.');
    const later = (Number.parseInt(expiry, 36) + 1).toString(36);
    const otherSignature = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    for (const token of [`${random}.${later}.${signature}`, `${random}.${expiry}.${otherSignature}`]) {
      const answer = await fetch(`${origin}${ROUTES.runs}`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(401);
    }
  });
});

describe('a page whose server was gone', () => {
  const challenge = randomBytes(16).toString('base64url');

  async function askIdentity(origin: string, session: string): Promise<{ status: number; proof?: string }> {
    const answer = await fetch(`${origin}${ROUTES.identity}?session=${session}&challenge=${challenge}`);
    return { status: answer.status, ...((await answer.json()) as Identity) };
  }

  test('can tell that the one that answers now is of the same user, before it sends its token', async () => {
    const { serving, directory } = await startServer();
    const { origin, session } = await PageClient.of(serving);
    await serving.close();
    await startServer({ directory, port: serving.port });
    const { proof } = await askIdentity(origin, session.proof.id);
    const key = Buffer.from(session.proof.key, 'base64url');
    expect(proof).toBe(createHmac('sha256', key).update(challenge).digest('base64url'));
  });

  test('can tell that it is of somebody else', async () => {
    const { serving } = await startServer();
    const { origin, session } = await PageClient.of(serving);
    await serving.close();
    await startServer({ port: serving.port });
    const { status, proof } = await askIdentity(origin, session.proof.id);
    const key = Buffer.from(session.proof.key, 'base64url');
    expect(status).toBe(200);
    expect(proof).not.toBe(createHmac('sha256', key).update(challenge).digest('base64url'));
  });

  test('learns nothing from an answer to a question that is none', async () => {
    const { serving } = await startServer();
    const { origin } = new URL(serving.url);
    expect(await askIdentity(origin, 'short')).toMatchObject({ status: 400 });
  });
});

describe('another web page', () => {
  test.each([
    ['a name that was pointed here', 'evil.example:PORT', {}],
    ['the name without the port', '127.0.0.1', {}],
    ['another port', '127.0.0.1:1', {}],
    ['a name that may mean another address', 'localhost:PORT', {}],
    ['an address of this machine that is not loopback', '192.168.1.2:PORT', {}],
    ['a foreign origin', '127.0.0.1:PORT', { Origin: 'https://evil.example' }],
    ['an origin of another port', '127.0.0.1:PORT', { Origin: 'http://127.0.0.1:1' }],
    ['an origin by another name', '127.0.0.1:PORT', { Origin: 'http://localhost:PORT' }],
    ['no origin to speak of', '127.0.0.1:PORT', { Origin: 'null' }],
    ['what its browser says', '127.0.0.1:PORT', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another name of this site', '127.0.0.1:PORT', { 'Sec-Fetch-Site': 'same-site' }],
  ])('is refused for %s, even with a token', async (_, host, headers) => {
    const { serving } = await startServer();
    const { session } = await PageClient.of(serving);
    const lines = Object.entries({ Host: host, ...headers, Authorization: `Bearer ${session.token}` }).map(
      ([name, value]) => `${name}: ${value.replace('PORT', String(serving.port))}\n`,
    );
    const answer = await rawRequest(
      serving.port,
      `GET ${ROUTES.settings} HTTP/1.1\n${lines.join('')}Connection: close\n\n`,
    );
    expect(statusOf(answer)).toBe(403);
    expect(answer).not.toContain('Access-Control');
  });

  test('is refused for two Host headers, of which the first is right', async () => {
    const { serving } = await startServer();
    const answer = await rawRequest(
      serving.port,
      `GET / HTTP/1.1\nHost: 127.0.0.1:${serving.port}\nHost: evil.example\nConnection: close\n\n`,
    );
    expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
  });

  test('gets no leave to call, when it asks before', async () => {
    const { serving } = await startServer();
    const answer = await fetch(`${serving.url.slice(0, -1)}${ROUTES.runs}`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(answer.status).toBe(403);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('may lead to the page, which holds nothing without its ticket', async () => {
    const { serving } = await startServer();
    const answer = await fetch(serving.url, { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect(answer.status).toBe(200);
  });
});

test('whoever types localhost is led to the one address, where no other user can listen', async () => {
  const { serving } = await startServer();
  const answer = await rawRequest(
    serving.port,
    `GET / HTTP/1.1\nHost: localhost:${serving.port}\nConnection: close\n\n`,
  );
  expect(statusOf(answer)).toBe(307);
  expect(answer).toContain(`Location: ${serving.url}\r\n`);
});
