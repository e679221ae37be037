import { open } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openEngine } from '../../src/engine/open-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { createTestHost } from '../create-test-host.ts';
import { tar } from '../engine/tar.ts';
import type { PrivateEngine } from '../support/private-engine.ts';
import { findPrivateEngineProblem, startPrivateEngine } from '../support/private-engine.ts';
import { BUSYBOX_IMAGE, findTestEngine } from '../support/test-engine.ts';
import { openDocker, python } from './support/docker-under-test.ts';
import { failureOf } from './support/failure-of.ts';

const MEBIBYTE = 1024 * 1024;
const sharedEngine = await findTestEngine();
const problem = sharedEngine.available ? await findPrivateEngineProblem() : sharedEngine.reason;

/** Leaves the engine not one byte. */
async function fill(directory: string): Promise<void> {
  const file = await open(path.join(directory, 'filling'), 'a');
  try {
    for (let size = MEBIBYTE; size >= 1; size = Math.floor(size / 16)) {
      const block = Buffer.alloc(size);
      while ((await file.write(block).catch(() => null)) !== null);
    }
  } finally {
    await file.close();
  }
}

describe('an engine whose storage is full', () => {
  let privateEngine: PrivateEngine | null = null;
  let testHost: Awaited<ReturnType<typeof createTestHost>> | null = null;
  let engine: Engine | null = null;

  beforeAll(async () => {
    if (problem !== null) return;
    privateEngine = await startPrivateEngine({ storageLimitBytes: 200 * MEBIBYTE });
    testHost = await createTestHost();
    const search = await openEngine(testHost.host, privateEngine.address);
    if (!search.found) throw new Error(search.unavailability.reason.en);
    ({ engine } = search);
  });
  beforeEach((context) => {
    context.skip(problem !== null, problem ?? '');
  });
  afterAll(async () => {
    engine?.close();
    await privateEngine?.[Symbol.asyncDispose]();
    await testHost?.remove();
  });

  test('says so of a run, of a build and of an image that is to be made of a container', async () => {
    if (privateEngine === null || engine === null) throw new Error('there is no engine');
    await using docker = await openDocker({ host: privateEngine.address, image: BUSYBOX_IMAGE });
    expect(await docker.print(python('print(6 * 7)'))).toBe('42\n');
    const id = await engine.containers.create('cloche-test-full', { Image: BUSYBOX_IMAGE, Cmd: ['true'] });
    const files = { Dockerfile: `FROM ${BUSYBOX_IMAGE}\nCOPY large /large\n`, large: 'x'.repeat(MEBIBYTE) };
    const context = await tar(files);
    const build = { tag: 'cloche-test:full', arguments: {}, labels: {}, network: 'none' } as const;

    const image = { repository: 'cloche-test', tag: 'full', labels: {}, environment: [] };
    const attempts = {
      run: () => docker.run(python('print(1)')),
      build: () => engine?.images.build(context, build, () => undefined) ?? Promise.resolve(),
      commit: () => engine?.containers.commit(id, image) ?? Promise.resolve(),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      // What failed before may have given some bytes back.
      await fill(privateEngine.dataDirectory);
      const { code, text } = await failureOf(attempt());
      expect([name, code]).toEqual([name, 'ERR_EXECUTOR_UNAVAILABLE']);
      expect(text.message.en).toContain(
        `storage of the container engine at ${privateEngine.address} is full`,
      );
      expect(text.hint?.en).toContain('docker system prune');
    }
  });
});
