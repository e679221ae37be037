import { describe, expect, test } from 'vitest';
import type { ApiError, RunRecord, RunSummary } from '../../src/index.ts';
import { cancelRoute, ROUTES, runRoute } from '../../src/index.ts';
import { PageClient, textOf } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';

const SLEEP = 'import time\ntime.sleep(60)';

/** So many bytes, as a file of a request. */
function fileOf(byteCount: number): { readonly path: string; readonly content: string } {
  return { path: 'data.bin', content: Buffer.alloc(byteCount, 0xff).toString('base64') };
}

describe('the record of a run', () => {
  test('of 50 KiB is there as soon as the run has begun', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const code = `print(1)\n${'#'.repeat(50 * 1024)}`;
    for (let time = 0; time < 10; time += 1) {
      const { id } = await client.python(code);
      const record = await client.ask<RunRecord>('GET', runRoute(id));
      expect(record.request).toEqual({ kind: 'execute', language: 'python', code });
    }
  });

  test('holds a huge program once: no copy of it would be pasted by anybody', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const code = `print("it ran")\n${'#'.repeat(3 * 1024 * 1024)}`;
    const { id } = await client.python(code, { stdin: 'x'.repeat(2 * 1024 * 1024) });
    const { request, copies } = await client.ask<RunRecord>('GET', runRoute(id));
    expect(request).toMatchObject({ code });
    expect(JSON.stringify(copies).length).toBeLessThan(10_000);
    expect(copies.command).toContain('(the program)');
    expect(textOf(await client.events(id))).toBe('it ran\n');
  });
});

describe('what is kept of runs under way', () => {
  test('counts from their beginning on, and what has no room is refused', async () => {
    const { serving } = await startServer({ limits: { totalBytes: 1_000_000 } });
    const client = await PageClient.of(serving);
    const files = [fileOf(200_000)];
    const ended = await client.python('print(1)');
    await client.events(ended.id);
    const { id } = await client.python(SLEEP, { files });
    const answer = await client.send('POST', ROUTES.runs, {
      kind: 'execute',
      language: 'python',
      code: '1',
      files,
    });
    expect(answer.status).toBe(507);
    const { error } = (await answer.json()) as { error: ApiError };
    expect(error).toMatchObject({ message: expect.stringContaining('no room') as string, locale: 'en' });
    // Nothing was forgotten for what would not have had room all the same.
    const { runs } = await client.ask<{ runs: readonly RunSummary[] }>('GET', ROUTES.runs);
    expect(runs.map((run) => run.id)).toEqual([id, ended.id]);
    await client.send('POST', cancelRoute(id));
    await client.events(id);
    await client.python('1', { files });
    expect(await client.run(id)).toBeUndefined();
  });
});
