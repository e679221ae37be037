import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rawRequest, statusOf } from './support/raw-request.ts';
import { startServer } from './support/start-server.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

async function builtPage(): Promise<string> {
  const root = await temporaryDirectory();
  const page = join(root, 'page');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(
    join(page, 'index.html'),
    '<!doctype html><meta property="csp-nonce" nonce="__CLOCHE_NONCE__"><script src="/assets/main-1a2b.js"></script>',
  );
  await writeFile(join(page, 'assets/main-1a2b.js'), 'console.log(1)');
  await writeFile(join(root, 'secret.txt'), 'not for the web');
  return page;
}

test('the page has a policy that lets nothing in but its own files, and a nonce of its own each time', async () => {
  const { serving } = await startServer({ pageDirectory: await builtPage() });
  const [first, second] = await Promise.all([fetch(serving.url), fetch(serving.url)]);
  const policies = [first, second].map((answer) => answer.headers.get('content-security-policy') ?? '');
  expect(policies[0]).toContain("default-src 'none'; script-src 'self';");
  expect(policies[0]).not.toContain('unsafe');
  const nonces = policies.map((policy) => /'nonce-(?<nonce>[^']+)'/u.exec(policy)?.groups?.['nonce'] ?? '');
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(await first.text()).toContain(`nonce="${nonces[0]}"`);
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
});

test('files whose names hold a digest are kept by the browser', async () => {
  const { serving } = await startServer({ pageDirectory: await builtPage() });
  const answer = await fetch(`${serving.url}assets/main-1a2b.js`);
  expect(await answer.text()).toBe('console.log(1)');
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(answer.headers.get('cache-control')).toContain('immutable');
});

test('they travel compressed to whoever takes that', async () => {
  const { serving } = await startServer({ pageDirectory: await builtPage() });
  const answers: string[] = [];
  for (const encodings of ['gzip, deflate, br', 'identity', 'gzip;q=0']) {
    const answer = await fetch(`${serving.url}assets/main-1a2b.js`, {
      headers: { 'Accept-Encoding': encodings },
    });
    expect(await answer.text()).toBe('console.log(1)');
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    answers.push(answer.headers.get('content-encoding') ?? 'as it is');
  }
  expect(answers).toEqual(['gzip', 'as it is', 'as it is']);
});

test('another page cannot load them', async () => {
  const { serving } = await startServer({ pageDirectory: await builtPage() });
  const answer = await fetch(`${serving.url}assets/main-1a2b.js`, {
    headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' },
  });
  expect(answer.status).toBe(403);
});

describe('a path', () => {
  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..\\..\\secret.txt',
    '//secret.txt',
    '/./index.html',
    '/assets',
    '/assets/',
    '/secret.txt%00',
    '/index.html/',
    '/__proto__',
  ])('%s leads nowhere', async (path) => {
    const { serving } = await startServer({ pageDirectory: await builtPage() });
    const answer = await rawRequest(
      serving.port,
      `GET ${path} HTTP/1.1\nHost: 127.0.0.1:${serving.port}\nConnection: close\n\n`,
    );
    expect(statusOf(answer)).toBe(404);
    expect(answer).not.toContain('not for the web');
  });

  test('that is a whole address is not served, as by a proxy', async () => {
    const { serving } = await startServer({ pageDirectory: await builtPage() });
    const answer = await rawRequest(
      serving.port,
      `GET http://evil.example/ HTTP/1.1\nHost: 127.0.0.1:${serving.port}\nConnection: close\n\n`,
    );
    expect(statusOf(answer)).toBe(404);
  });
});

test('a page is read only', async () => {
  const { serving } = await startServer({ pageDirectory: await builtPage() });
  const answer = await fetch(serving.url, { method: 'POST', body: 'x' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  const head = await fetch(serving.url, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('before anything was built, the page says so', async () => {
  const { serving } = await startServer({ pageDirectory: '/nonexistent' });
  expect(await (await fetch(serving.url)).text()).toContain('not been built');
});

test('a page that cannot be read is not taken for one that was not built', async () => {
  const log: string[] = [];
  const file = join(await temporaryDirectory(), 'page');
  await writeFile(file, 'no directory');
  const { serving } = await startServer({ pageDirectory: file, log });
  const answer = await fetch(serving.url);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('not been built');
  expect(log.join('')).toContain('ENOTDIR');
});
