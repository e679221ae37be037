import { describe, expect, test } from 'vitest';
import type { ApiError } from '../../src/index.ts';
import { cancelRoute, ROUTES } from '../../src/index.ts';
import { PageClient } from './support/page-client.ts';
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
  ])('%s is refused', async (_, body) => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const answer = await client.send('POST', ROUTES.runs, body);
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as { error: ApiError };
    expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID', locale: 'en' });
    expect(await client.run('')).toBeUndefined();
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

  test.each(['/api/runs/../settings', '/api/runs/0x1', '/api/runs/%2e', '/api/nothing'])(
    'for %s finds nothing',
    async (path) => {
      const { serving } = await startServer();
      const client = await PageClient.of(serving);
      expect((await client.send('DELETE', path)).status).toBeGreaterThanOrEqual(404);
    },
  );
});
