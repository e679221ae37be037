import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunSummary } from '../../src/index.ts';
import { eventsRoute, ROUTES } from '../../src/index.ts';
import { PageClient, textOf } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';

async function runIds(client: PageClient): Promise<readonly string[]> {
  const { runs } = await client.ask<{ runs: readonly RunSummary[] }>('GET', ROUTES.runs);
  return runs.map(({ id }) => id);
}

/** A run that has ended, with so many bytes of output. */
async function endedRun(client: PageClient, outputBytes: number): Promise<string> {
  const { id } = await client.python(`print("x" * ${outputBytes})`);
  await client.events(id);
  return id;
}

/** Bytes of all files below the directory of the server's process. */
async function bytesOnDisk(directory: string): Promise<number> {
  const kept = join(directory, 'cloche/state/playground');
  const entries = await readdir(kept, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'token-key');
  const sizes = await Promise.all(
    files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test('as many runs are kept as the limit says, the newest', async () => {
  const { serving } = await startServer({ limits: { runCount: 2 } });
  const client = await PageClient.of(serving);
  const ids: string[] = [];
  for (let number = 0; number < 4; number += 1) ids.push(await endedRun(client, 10));
  await expect.poll(() => runIds(client)).toEqual(ids.slice(2).toReversed());
  expect((await client.send('GET', eventsRoute(ids[0] ?? ''))).status).toBe(404);
});

test('a run is kept for its time', async () => {
  const { serving } = await startServer({ limits: { keptMs: 300 } });
  const client = await PageClient.of(serving);
  const id = await endedRun(client, 10);
  expect(await runIds(client)).toEqual([id]);
  await expect.poll(() => runIds(client)).toEqual([]);
});

test('all runs together stay within their room on disk, for which the oldest go', async () => {
  const { serving, directory } = await startServer({
    limits: { totalBytes: 1_000_000, journalBytes: 800_000 },
  });
  const client = await PageClient.of(serving);
  const ids: string[] = [];
  for (let number = 0; number < 5; number += 1) ids.push(await endedRun(client, 400_000));
  expect((await runIds(client))[0]).toBe(ids[4]);
  expect(await runIds(client)).not.toContain(ids[0]);
  await expect.poll(() => bytesOnDisk(directory)).toBeLessThan(1_200_000);
  expect(textOf(await client.events(ids[4] ?? '')).length).toBe(400_001);
});

test('one run that alone would pass it is cut, and nothing else fails', async () => {
  const { serving, directory } = await startServer({ limits: { totalBytes: 1_000_000 } });
  const client = await PageClient.of(serving);
  const id = await endedRun(client, 20_000_000);
  const events = await client.events(id);
  expect(events.at(-1)).toMatchObject({ type: 'execution', result: { status: 'ok' } });
  expect(await bytesOnDisk(directory)).toBeLessThan(1_500_000);
  const next = await endedRun(client, 10);
  expect(textOf(await client.events(next))).toContain('xxxxxxxxxx');
});
