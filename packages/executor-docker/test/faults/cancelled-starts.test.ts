import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_DOCKER_OPTIONS } from '@cloche/executor-docker';
import { findTestEngine } from '../support/test-engine.ts';
import { openDocker, python } from './support/docker-under-test.ts';
import { watchContainers } from './support/watch-containers.ts';

const { pool } = DEFAULT_DOCKER_OPTIONS;
/** A container takes some 400 ms to be made, attached to and started. */
const MOMENTS_MS = [0, 5, 20, 50, 90, 150, 250, 400, 600];

describe('nothing is left on the engine', () => {
  beforeEach(async (context) => {
    const engine = await findTestEngine();
    context.skip(!engine.available, engine.available ? '' : engine.reason);
  });

  test('of runs that are cancelled while their containers are made', async () => {
    await using docker = await openDocker();
    await using watch = watchContainers(docker.owner);
    await docker.print(python('print(1)'));
    const statuses = await Promise.all(
      MOMENTS_MS.map(async (delayMs) => {
        await sleep(delayMs);
        const abort = new AbortController();
        const run = docker.run(python('import time\ntime.sleep(600)'), abort.signal);
        await sleep(delayMs);
        abort.abort();
        return (await run).status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set(['cancelled']));
    expect(watch.ids.length).toBeGreaterThan(1);
    await watch.expectNothingLeft();
    expect(await docker.print(python('print(2)'))).toBe('2\n');
  });

  test.each(MOMENTS_MS)('of an executor that is disposed of %i ms into a run', async (delayMs) => {
    const docker = await openDocker({ pool });
    await using watch = watchContainers(docker.owner);
    const runs = [1, 2].map(() => docker.run(python('import time\ntime.sleep(600)')));
    await sleep(delayMs);
    const startedAtMs = performance.now();
    await docker[Symbol.asyncDispose]();
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    expect((await Promise.all(runs)).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    await watch.expectNothingLeft();
  });

  test.each([0, 50, 150, 300, 800])(
    'of an executor that is disposed of %i ms after a result, while its pool fills',
    async (delayMs) => {
      const docker = await openDocker({ pool });
      await using watch = watchContainers(docker.owner);
      await Promise.all([1, 2].map(() => docker.print(python('print(1)'))));
      await sleep(delayMs);
      await docker[Symbol.asyncDispose]();
      await expect(watch.expectNothingLeft()).resolves.toBeUndefined();
    },
  );
});
