import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createExecutorHost } from '@cloche/core';
import type { ExecutorHost } from '@cloche/core/executor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CompileCache } from '../src/cache/compile-cache.ts';
import { createTestHost } from './create-test-host.ts';

const FILES = [
  { directory: 'build', path: 'program', content: Buffer.from('made'), executable: true },
] as const;

let testHost: Awaited<ReturnType<typeof createTestHost>>;

beforeAll(async () => {
  testHost = await createTestHost();
});
afterAll(() => testHost.remove());

function hostWith(cacheHome: string): { readonly host: ExecutorHost; readonly log: string[] } {
  const log: string[] = [];
  const note =
    (level: string) =>
    (message: string): void =>
      void log.push(`${level}: ${message}`);
  const logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  return { host: createExecutorHost({ environment: { XDG_CACHE_HOME: cacheHome }, logger }), log };
}

describe('what compilers made', () => {
  test('is not found where the cache cannot be used, and is kept for this process all the same', async () => {
    const { host, log } = hostWith('/proc/nope');
    const cache = new CompileCache(host);
    expect(await cache.find('a')).toBeNull();
    await cache.store('a', FILES);
    expect(await cache.find('a')).toEqual(FILES);
    expect(log).toEqual([
      'debug: what a compiler made before could not be read',
      'debug: what a compiler made could not be kept',
    ]);
  });

  test('is not found where it cannot be read, and says so to the log alone', async () => {
    const { host, log } = hostWith(path.join(testHost.directory, 'unreadable'));
    await mkdir(path.join(await host.privateDirectory('cache', 'docker-compiled'), 'a'));
    expect(await new CompileCache(host).find('a')).toBeNull();
    expect(log).toEqual(['debug: what a compiler made before could not be read']);
  });

  test('that was never stored is not found without a word', async () => {
    const { host, log } = hostWith(path.join(testHost.directory, 'empty'));
    expect(await new CompileCache(host).find('a')).toBeNull();
    expect(log).toEqual([]);
  });

  test('is stored whole by many at once', async () => {
    const { host, log } = hostWith(path.join(testHost.directory, 'many'));
    const [file] = FILES;
    const large = [{ ...file, content: Buffer.alloc(4 * 1024 * 1024, 'x') }];
    await Promise.all(Array.from({ length: 8 }, () => new CompileCache(host).store('a', large)));
    expect(log).toEqual([]);
    expect(await readdir(await host.privateDirectory('cache', 'docker-compiled'))).toEqual(['a']);
    expect(await new CompileCache(host).find('a')).toEqual(large);
  });

  test('is made anew where it was damaged', async () => {
    const { host } = hostWith(path.join(testHost.directory, 'damaged'));
    const directory = await host.privateDirectory('cache', 'docker-compiled');
    await writeFile(path.join(directory, 'a'), 'rubbish');
    expect(await new CompileCache(host).find('a')).toBeNull();
    expect(await readdir(directory)).toEqual([]);
  });
});
