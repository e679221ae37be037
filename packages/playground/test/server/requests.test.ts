import { describe, expect, test } from 'vitest';
import type { ApiError } from '../../src/index.ts';
import { cancelRoute, eventsRoute, ROUTES } from '../../src/index.ts';
import { PageClient } from './support/page-client.ts';
import { rawRequest, statusOf } from './support/raw-request.ts';
import { startServer } from './support/start-server.ts';

describe('a request', () => {
  test.each<[string, unknown]>([
    ['that is no object', []],
    ['without a kind', { language: 'python', code: '' }],
    ['with an unknown language', { kind: 'execute', language: 'cobol', code: '' }],
    ['without code', { kind: 'execute', language: 'python' }],
    ['without a requirement', { kind: 'generate', language: null }],
    ['with a field that nobody knows', { kind: 'execute', language: 'python', code: '', timeout: 5 }],
    ['with a field that is no text', { kind: 'execute', language: 'python', code: 1 }],
    [
      'with a file that is not base64',
      { kind: 'execute', language: 'python', code: '', files: [{ path: 'x', content: '%' }] },
    ],
    ['with arguments that are no text', { kind: 'execute', language: 'python', code: '', arguments: [1] }],
    ['with a requirement to execute', { kind: 'execute', language: 'python', code: '', requirement: 'x' }],
    ['with code to generate', { kind: 'generate', language: null, requirement: 'x', code: '' }],
    ['with a file name to generate', { kind: 'generate', language: null, requirement: 'x', fileName: 'a' }],
  ])('%s is refused', async (_, body) => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const answer = await client.send('POST', ROUTES.runs, body);
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as { error: ApiError };
    expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID', locale: 'en' });
    expect(await client.ask('GET', ROUTES.runs)).toEqual({ runs: [] });
  });

  test('that is no JSON, or does not say that it is, is refused', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const json = { 'Content-Type': 'application/json' };
    const post = (body: string, headers: Record<string, string>): Promise<Response> =>
      client.fetch(ROUTES.runs, { method: 'POST', body, headers });
    expect((await post('{', json)).status).toBe(400);
    expect((await post('{}', {})).status).toBe(415);
    expect((await post('{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  test('that is too large is refused before it is taken in', async () => {
    const { serving } = await startServer({ limits: { runBodyBytes: 1024 * 1024 } });
    const client = await PageClient.of(serving);
    const answer = await client.send('POST', ROUTES.runs, { code: 'x'.repeat(20 * 1024 * 1024) });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('1 MiB');
  });

  test('that is one too many is refused', async () => {
    const { serving } = await startServer({ limits: { openRunCount: 1 } });
    const client = await PageClient.of(serving);
    const { id } = await client.python('import time\ntime.sleep(60)');
    expect(
      (await client.send('POST', ROUTES.runs, { kind: 'execute', language: 'python', code: '1' })).status,
    ).toBe(429);
    await client.send('POST', cancelRoute(id));
  });

  test.each([
    '/api/runs/../settings',
    '/api/runs/%2e%2e/settings',
    '/api/runs/0x1',
    '/api/runs/%2e',
    '/api/nothing',
    '/api//runs',
  ])('for %s finds nothing', async (path) => {
    const { serving } = await startServer();
    const { session } = await PageClient.of(serving);
    // As it is written here: what fetches addresses would tidy them up.
    const answer = await rawRequest(
      serving.port,
      `DELETE ${path} HTTP/1.1\nHost: 127.0.0.1:${serving.port}\nAuthorization: Bearer ${session.token}\nConnection: close\n\n`,
    );
    expect(statusOf(answer)).toBe(404);
  });

  test.each(['detached=yes', 'detached=', 'wait=false', 'after=-1'])(
    'for events with ?%s is refused',
    async (query) => {
      const { serving } = await startServer();
      const client = await PageClient.of(serving);
      const { id } = await client.python('1');
      expect((await client.send('GET', `${eventsRoute(id)}?${query}`)).status).toBe(400);
    },
  );

  test('that looks at executors says 0 or 1, if anything', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    expect((await client.send('GET', `${ROUTES.executors}?fresh=yes`)).status).toBe(400);
  });
});

describe('what is wrong with a request', () => {
  test.each<[string, unknown, string]>([
    ['a word', { kind: 'run' }, '"kind" 必须是 execute、generate 之一。'],
    ['a type', { kind: 'execute', language: 'python', code: 1 }, '"code" 必须是文本。'],
    ['the body', [], '请求体必须是对象。'],
  ])('is said in Chinese alone: %s', async (_, body, message) => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const answer = await client.fetch(ROUTES.runs, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': 'zh' },
      body: JSON.stringify(body),
    });
    const { error } = (await answer.json()) as { error: ApiError };
    expect(error.message).toBe(message);
  });
});
