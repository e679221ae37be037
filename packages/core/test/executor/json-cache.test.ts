import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { JsonCache } from '../../src/executor/json-cache.ts';
import { createExecutorHost } from '../../src/host/create-executor-host.ts';

test('several caches of one process write one file at one time', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-json-cache-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const log: string[] = [];
  const note = (message: string): void => void log.push(message);
  const host = createExecutorHost({
    environment: { XDG_CACHE_HOME: directory },
    logger: { debug: note, info: note, warn: note, error: note },
  });
  const value = 'x'.repeat(4_000_000);
  const caches = Array.from({ length: 8 }, () => new JsonCache<string>(host, 'test', 'values.json'));
  await Promise.all(caches.map((cache) => cache.set('a', value)));
  expect(log).toEqual([]);
  expect(await readdir(await host.privateDirectory('cache', 'test'))).toEqual(['values.json']);
  expect(await new JsonCache<string>(host, 'test', 'values.json').get('a')).toBe(value);
});

test('a directory that cannot be used costs nothing but time', async () => {
  const log: string[] = [];
  const note = (level: string) => (): void => void log.push(level);
  const host = createExecutorHost({
    environment: { XDG_CACHE_HOME: '/proc/nope' },
    logger: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
  });
  const cache = new JsonCache<number>(host, 'test', 'values.json');
  expect(await cache.get('a')).toBeNull();
  await cache.set('a', 1);
  expect(await cache.get('a')).toBe(1);
  expect(new Set(log)).toEqual(new Set(['debug']));
});
