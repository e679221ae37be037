import { describe, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent, RunRecord, RunRequest } from '../../src/index.ts';
import { cancelRoute, eventsRoute, ROUTES, runRoute } from '../../src/index.ts';
import { PageClient, textOf } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';

const lastOf = (events: readonly RunEvent[]): RunEvent | undefined => events.at(-1);

describe('a run', () => {
  test('tells its stages, its output and its end, in this order', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const started = await client.python('import sys\nprint("out")\nprint("err", file=sys.stderr)', {
      stdin: 'unused',
    });
    expect(started).toMatchObject({ kind: 'execute', state: 'running', status: null, language: 'python' });
    const events = await client.events(started.id);
    expect(events[0]).toEqual({ type: 'stage', stage: 'queue', state: 'started' });
    expect(textOf(events)).toBe('out\n');
    expect(textOf(events, 'stderr')).toBe('err\n');
    expect(lastOf(events)).toMatchObject({
      type: 'execution',
      result: {
        status: 'ok',
        executor: { name: 'local' },
        phases: [{ phase: 'run', exitCode: 0, stdoutBytes: 4, stderrBytes: 4 }],
        artifacts: [],
      },
    });
    expect(await client.run(started.id)).toMatchObject({
      state: 'ended',
      status: 'ok',
      title: 'print("out")',
    });
  });

  test('gets its files, its arguments and its standard input', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const code = 'import sys\nprint(open("data/a.txt").read(), sys.argv[1:], sys.stdin.read())';
    const { id } = await client.python(code, {
      files: [{ path: 'data/a.txt', content: Buffer.from('αβγ').toString('base64') }],
      arguments: ['--x', 'a b'],
      stdin: 'typed',
    });
    expect(textOf(await client.events(id))).toBe("αβγ ['--x', 'a b'] typed\n");
  });

  test('whose program fails is a result', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const { id } = await client.python('raise SystemExit(3)');
    expect(lastOf(await client.events(id))).toMatchObject({
      result: { status: 'runtime_error', phases: [{ exitCode: 3 }] },
    });
  });

  test('that Cloche cannot do says why, in the language of who asked, and is kept like every other', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const answer = await client.fetch(ROUTES.runs, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': 'zh-CN,zh;q=0.9' },
      body: JSON.stringify({
        kind: 'execute',
        language: 'python',
        code: '1',
        files: [{ path: '../escape', content: '' }],
      } satisfies RunRequest),
    });
    const { id } = (await answer.json()) as { id: string };
    const [failed] = await client.events(id);
    expect(failed).toMatchObject({ type: 'failed', error: { code: 'ERR_REQUEST_INVALID', locale: 'zh' } });
    expect(await client.run(id)).toMatchObject({ state: 'failed', status: null });
  });

  test('is stopped, and keeps what it wrote', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const { id } = await client.python('import time\nprint("begun", flush=True)\ntime.sleep(60)');
    const events: RunEvent[] = [];
    for await (const { event } of client.follow(id)) {
      events.push(event);
      if (event.type === 'stdout') await client.ask('POST', cancelRoute(id));
    }
    expect(textOf(events)).toBe('begun\n');
    expect(lastOf(events)).toMatchObject({ result: { status: 'cancelled' } });
    // Stopping what has ended changes nothing.
    expect((await client.send('POST', cancelRoute(id))).status).toBe(204);
  });

  test('is remembered with everything that was asked for, and forgotten when that is wanted', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const request: RunRequest = {
      kind: 'execute',
      language: 'python',
      code: 'print(1)',
      files: [{ path: 'x.bin', content: Buffer.from([0, 255]).toString('base64') }],
    };
    const { id } = await client.start(request);
    await client.events(id);
    expect((await client.ask<RunRecord>('GET', runRoute(id))).request).toEqual(request);
    expect((await client.send('DELETE', runRoute(id))).status).toBe(204);
    expect((await client.send('GET', runRoute(id))).status).toBe(404);
    expect(await client.run(id)).toBeUndefined();
  });

  test('that is forgotten while it runs ends', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const { id } = await client.python('import time\nprint(1, flush=True)\ntime.sleep(60)');
    const startedAt = performance.now();
    for await (const { event } of client.stream(id)) {
      if (event.type === 'stdout') await client.send('DELETE', runRoute(id));
    }
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});

describe('the events of a run', () => {
  test('are read again by any tab, from any number on', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    // Many frames, so that the place of one is looked for.
    const { id } = await client.python(
      'import sys, time\nfor i in range(200):\n    print(i, flush=True)\n    time.sleep(0.02)',
    );
    const all: { readonly id: number; readonly event: RunEvent }[] = [];
    for await (const numbered of client.follow(id)) all.push(numbered);
    expect(all.map((numbered) => numbered.id)).toEqual(all.map((_, index) => index + 1));
    expect(all.length).toBeGreaterThan(64);
    const other = await PageClient.of(serving);
    for (const after of [0, 1, 63, 64, 65, all.length - 1]) {
      const rest: unknown[] = [];
      for await (const numbered of other.stream(id, { after })) rest.push(numbered);
      expect(rest).toEqual(all.slice(after));
    }
    for await (const numbered of other.stream(id, { after: all.length })) expect(numbered).toBeUndefined();
  });

  test('reach ten tabs at once, although a browser holds six connections for all of them', async () => {
    const { serving } = await startServer({ limits: { streamRetryMs: 20 } });
    const clients = await Promise.all(Array.from({ length: 10 }, () => PageClient.of(serving)));
    const [first] = clients;
    const { id } = (await first?.python(
      'import time\nfor i in range(20):\n    print(i, flush=True)\n    time.sleep(0.05)',
    )) ?? { id: '' };
    const texts = await Promise.all(
      clients.map(async (client) => {
        await sleep(50);
        return textOf(await client.events(id));
      }),
    );
    expect(new Set(texts)).toEqual(new Set([Array.from({ length: 20 }, (_, i) => `${i}\n`).join('')]));
  });

  test('leave connections to a browser for everything else', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const { id } = await client.python('import time\ntime.sleep(60)');
    const streams = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const answer = await client.fetch(eventsRoute(id));
        return answer.body?.getReader();
      }),
    );
    const ends = streams.map(async (reader) => {
      while ((await reader?.read())?.done === false);
      return 'ended';
    });
    const open = await Promise.all(ends.map((end) => Promise.race([end, sleep(500, 'open')])));
    expect(open).toEqual(['ended', 'ended', 'open', 'open', 'open', 'open']);
    await client.send('POST', cancelRoute(id));
    await Promise.all(ends);
  });

  test('end with what there is, for a reader that does not wait', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const { id } = await client.python('import time\nprint(1, flush=True)\ntime.sleep(60)');
    for await (const { event } of client.stream(id)) if (event.type === 'stdout') break;
    const events: RunEvent[] = [];
    for await (const { event } of client.stream(id, { query: '&wait=0' })) events.push(event);
    expect(lastOf(events)).toMatchObject({ type: 'stdout', text: '1\n' });
    await client.send('POST', cancelRoute(id));
  });
});

describe('a page that goes away', () => {
  test('ends its run where it was asked to', async () => {
    const { serving } = await startServer({ limits: { abandonedMs: 100 } });
    const client = await PageClient.of(serving);
    const { id } = await client.python('import time\nprint(1, flush=True)\ntime.sleep(60)');
    const page = new AbortController();
    const reading = (async () => {
      for await (const { event } of client.stream(id, { query: '&detached=0', signal: page.signal }))
        if (event.type === 'stdout') page.abort();
    })();
    await expect(reading).rejects.toThrow('aborted');
    await expect.poll(async () => (await client.run(id))?.state, { timeout: 10_000 }).toBe('ended');
    expect(lastOf(await client.events(id))).toMatchObject({ result: { status: 'cancelled' } });
  });

  test('and comes back, as when it is loaded anew, finds it running', async () => {
    const { serving } = await startServer({ limits: { abandonedMs: 400 } });
    const client = await PageClient.of(serving);
    const { id } = await client.python('import time\nprint(1, flush=True)\ntime.sleep(1.5)\nprint(2)');
    const page = new AbortController();
    const reading = (async () => {
      for await (const { event } of client.stream(id, { query: '&detached=0', signal: page.signal }))
        if (event.type === 'stdout') page.abort();
    })();
    await expect(reading).rejects.toThrow('aborted');
    await sleep(100);
    expect(textOf(await client.events(id, { query: '&detached=0' }))).toBe('1\n2\n');
  });

  test('and thinks better of it while it reads, leaves its run alone', async () => {
    const { serving } = await startServer({ limits: { abandonedMs: 100 } });
    const client = await PageClient.of(serving);
    const { id } = await client.python('import time\nprint(1, flush=True)\ntime.sleep(1)\nprint(2)');
    const page = new AbortController();
    const reading = (async () => {
      for await (const { event } of client.stream(id, { query: '&detached=0', signal: page.signal }))
        if (event.type === 'stdout') page.abort();
    })();
    await expect(reading).rejects.toThrow('aborted');
    for await (const { event } of client.stream(id, { query: '&detached=1&wait=0' }))
      expect(event).toBeDefined();
    await sleep(300);
    expect(textOf(await client.events(id))).toBe('1\n2\n');
  });

  test('ends no run that another tab reads', async () => {
    const { serving } = await startServer({ limits: { abandonedMs: 100 } });
    const [client, other] = await Promise.all([PageClient.of(serving), PageClient.of(serving)]);
    const { id } = await client.python('import time\nprint(1, flush=True)\ntime.sleep(1)\nprint(2)');
    const watched = other.events(id);
    const page = new AbortController();
    const reading = (async () => {
      for await (const { event } of client.stream(id, { query: '&detached=0', signal: page.signal }))
        if (event.type === 'stdout') page.abort();
    })();
    await expect(reading).rejects.toThrow('aborted');
    expect(textOf(await watched)).toBe('1\n2\n');
  });

  test('leaves its run alone where it was asked to', async () => {
    const { serving } = await startServer({ limits: { abandonedMs: 50 } });
    const client = await PageClient.of(serving);
    const { id } = await client.python('import time\nprint(1, flush=True)\ntime.sleep(0.7)\nprint(2)');
    for await (const { event } of client.stream(id)) if (event.type === 'stdout') break;
    await sleep(300);
    expect(textOf(await client.events(id))).toBe('1\n2\n');
  });
});
