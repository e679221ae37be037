import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/index.ts';
import { environment } from '../environment.ts';
import { PageClient, textOf } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

/** Names of a directory's entries; none where it is not there. */
async function entriesOf(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch(() => []);
}

/** How many processes of this machine have the word on their command line. */
async function countProcesses(word: string): Promise<number> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const lines = await Promise.all(
    numbers.map((number) => readFile(`/proc/${number}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(word)).length;
}

test('a server that ends tells its pages what became of their runs, and leaves nothing', async () => {
  const { serving, directory } = await startServer({ limits: { journalBytes: 10_000_000 } });
  const client = await PageClient.of(serving);
  // Enough output for a file, and a program that ends at nothing less than a kill.
  const { id } = await client.python(
    'import signal, sys, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint("x" * 1000000, flush=True)\ntime.sleep(60)',
  );
  const kept = join(directory, 'cloche/state/playground');
  const events: RunEvent[] = [];
  let closing: Promise<boolean> | undefined;
  const startedAt = performance.now();
  for await (const { event } of client.stream(id)) {
    events.push(event);
    if (event.type !== 'stdout' || textOf(events).length < 1_000_000) continue;
    expect((await entriesOf(kept)).length).toBe(2);
    closing = serving.close();
  }
  expect(await closing).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  expect(events.at(-1)).toMatchObject({ type: 'execution', result: { status: 'cancelled' } });
  expect(await entriesOf(kept)).toEqual(['token-key']);
  await expect(fetch(serving.url)).rejects.toThrow('fetch failed');
});

test('a port that is taken is said to be', async () => {
  const { serving } = await startServer();
  await expect(startServer({ port: serving.port })).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: `Port ${serving.port} is taken by another program.`,
    retryable: true,
  });
});

test('what a server that was killed has left is gone after the next start', async ({ skip }) => {
  skip(process.platform !== 'linux', '/proc is of Linux alone');
  const directory = await temporaryDirectory();
  const variables = {
    PATH: environment['PATH'],
    HOME: directory,
    CLOCHE_HOME: join(directory, 'cloche'),
    CLOCHE_EXECUTOR: 'local',
  };
  const serve = join(import.meta.dirname, '../../dev/serve.ts');
  const child = spawn(process.execPath, ['--conditions=@cloche/source', serve], {
    env: variables,
    cwd: directory,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const client = await PageClient.open(line.toString().trim());
  const marker = randomUUID();
  const { id } = await client.python('import time\nprint("x" * 1000000, flush=True)\ntime.sleep(600)', {
    arguments: [marker],
  });
  for await (const { event } of client.stream(id)) {
    if (event.type === 'stdout' && event.text.includes('\n')) break;
  }
  const kept = join(directory, 'cloche/state/playground');
  expect((await entriesOf(kept)).length).toBe(2);
  expect(await countProcesses(marker)).toBeGreaterThan(0);
  child.kill('SIGKILL');
  await once(child, 'exit');

  const { serving } = await startServer({ directory, environment: { CLOCHE_EXECUTOR: 'local' } });
  const again = await PageClient.of(serving);
  const { id: next } = await again.python('print(1)');
  await again.events(next);
  await expect.poll(() => entriesOf(kept), { timeout: 10_000 }).toEqual(['token-key']);
  await expect.poll(() => countProcesses(marker), { timeout: 10_000 }).toBe(0);
});
