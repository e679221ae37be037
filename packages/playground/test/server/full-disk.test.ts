import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ApiError, RunEvent, RunSummary } from '../../src/index.ts';
import { ROUTES } from '../../src/index.ts';
import { PageClient, textOf } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';

/** A page of a server that finds out as it does with a full disk, by writing, that nothing more can be stored. */
async function clientOfFullDisk(): Promise<PageClient> {
  const { serving, directory } = await startServer();
  const client = await PageClient.of(serving);
  const kept = join(directory, 'cloche/state/playground');
  await rm(kept, { recursive: true });
  await writeFile(kept, 'no directory');
  return client;
}

/** One stream, to its end. */
async function streamOf(client: PageClient, id: string): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const { event } of client.stream(id)) events.push(event);
  return events;
}

describe('a disk that takes nothing more', () => {
  test('leaves a run its end, and a count of what could not be kept', async () => {
    const client = await clientOfFullDisk();
    const { id } = await client.python(
      'import sys\nfor number in range(200):\n    sys.stdout.write("x" * 5000)\nsys.stdout.write("the end")',
    );
    const events = await streamOf(client, id);
    expect(events.at(-1)).toMatchObject({ type: 'execution', result: { status: 'ok' } });
    const leftOut = events.reduce(
      (sum, event) => sum + (event.type === 'stdout' ? (event.bytesLeftOut ?? 0) : 0),
      0,
    );
    expect(leftOut).toBeGreaterThan(500_000);
    expect(leftOut + textOf(events).length).toBe(1_000_007);
    expect(await client.run(id)).toMatchObject({ state: 'ended', status: 'ok' });
    // From any number on, as ever.
    const last: RunEvent[] = [];
    for await (const { event } of client.stream(id, { after: events.length - 1 })) last.push(event);
    expect(last).toEqual(events.slice(-1));
  });

  test('refuses a request that it does not take, and remembers nothing of it', async () => {
    const client = await clientOfFullDisk();
    const answer = await client.send('POST', ROUTES.runs, {
      kind: 'execute',
      language: 'python',
      code: `print(1)\n${'#'.repeat(500_000)}`,
    });
    expect(answer.status).toBe(507);
    const { error } = (await answer.json()) as { error: ApiError };
    expect(error.message).toContain('cannot be kept on disk');
    expect(await client.ask<{ runs: readonly RunSummary[] }>('GET', ROUTES.runs)).toEqual({ runs: [] });
  });

  test('is the reason that a result gives for a file that is missing', async () => {
    const client = await clientOfFullDisk();
    const { id } = await client.python(
      'for name in ("a", "b"):\n    open(name, "wb").write(b"x" * (10 if name == "a" else 100_000))',
    );
    const [last] = (await streamOf(client, id)).slice(-1);
    expect(last).toMatchObject({
      result: { artifacts: [{ path: 'a' }], omittedArtifacts: [{ path: 'b', reason: 'not_stored' }] },
    });
  });
});
