import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProbeResult } from '../../src/executor/index.ts';
import { HEALTHY, scriptedExecutor, unavailable } from './scripted-executor.ts';
import { PROGRAM, testRunner } from './test-runner.ts';

const REPROBE_INTERVAL_MS = 30_000;

describe('what auto knows of the health of executors', () => {
  // The clock alone: timers run as they are.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  test('the winner is not probed again', async () => {
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([local]);
    for (let index = 0; index < 5; index += 1) await runner.execute(PROGRAM).result;
    expect([local.probeCount, local.plans.length]).toEqual([1, 5]);
  });

  test('many runs at once share the first probe', async () => {
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([local], {
      config: { auto: { order: ['local'] }, queue: { concurrency: 20, length: 0 } },
    });
    await Promise.all(Array.from({ length: 20 }, () => runner.execute(PROGRAM).result));
    expect([local.probeCount, local.plans.length]).toEqual([1, 20]);
  });

  test('says who was passed over and why, in the order of preference', async () => {
    const docker = scriptedExecutor({
      name: 'docker',
      probe: async () => unavailable('the engine does not answer'),
    });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local], {
      config: { auto: { order: ['daytona', 'docker', 'local'] } },
    });
    for (let index = 0; index < 2; index += 1) {
      const { executor } = await runner.execute(PROGRAM).result;
      expect(executor.passedOver).toMatchObject([
        { name: 'daytona', code: 'ERR_EXECUTOR_NOT_FOUND' },
        { name: 'docker', code: 'ERR_EXECUTOR_UNAVAILABLE', reason: { en: 'the engine does not answer' } },
      ]);
    }
    expect([docker.probeCount, docker.plans.length]).toEqual([1, 0]);
  });

  test('a probe that does not answer has 1.5 s, is told to stop, and costs no later run', async () => {
    let isStopped = false;
    const docker = scriptedExecutor({
      name: 'docker',
      probe: (signal) => {
        signal?.addEventListener('abort', () => (isStopped = true));
        return new Promise(() => undefined);
      },
    });
    const { runner } = testRunner([docker, scriptedExecutor({ name: 'local' })]);
    vi.useRealTimers();
    const startedAtMs = performance.now();
    const { executor } = await runner.execute(PROGRAM).result;
    const firstMs = performance.now() - startedAtMs;
    expect(executor.passedOver[0]?.reason.en).toContain('1.5 s');
    expect(isStopped).toBe(true);
    await runner.execute(PROGRAM).result;
    const secondMs = performance.now() - startedAtMs - firstMs;
    expect(firstMs).toBeGreaterThan(1400);
    expect(firstMs).toBeLessThan(2500);
    expect(secondMs).toBeLessThan(500);
  });

  test('a passed over executor is asked again in the background, at most every 30 s, and used when it is well', async () => {
    let answer: ProbeResult = unavailable('still starting');
    const docker = scriptedExecutor({ name: 'docker', probe: async () => answer });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    const run = async (): Promise<void> => {
      await runner.execute(PROGRAM).result;
      await sleep(20);
    };
    await run();
    answer = HEALTHY;
    await run();
    vi.advanceTimersByTime(REPROBE_INTERVAL_MS - 1000);
    await run();
    expect([docker.probeCount, docker.plans.length]).toEqual([1, 0]);

    vi.advanceTimersByTime(2000);
    await sleep(20);
    // No run, no probe.
    expect(docker.probeCount).toBe(1);
    await run();
    // Asked, though not on the path of the run that was under way.
    expect([docker.probeCount, docker.plans.length, local.plans.length]).toEqual([2, 0, 4]);
    await run();
    expect([docker.probeCount, docker.plans.length]).toEqual([2, 1]);
  });

  test('asking again in the background never holds up a run', async () => {
    let isHanging = false;
    const docker = scriptedExecutor({
      name: 'docker',
      probe: () => (isHanging ? new Promise(() => undefined) : Promise.resolve(unavailable('off'))),
    });
    const { runner } = testRunner([docker, scriptedExecutor({ name: 'local' })]);
    await runner.execute(PROGRAM).result;
    isHanging = true;
    vi.advanceTimersByTime(REPROBE_INTERVAL_MS + 1);
    const startedAtMs = Date.now();
    for (let index = 0; index < 3; index += 1) {
      await runner.execute(PROGRAM).result;
      await sleep(10);
    }
    expect(Date.now() - startedAtMs).toBeLessThan(1000);
    expect(docker.probeCount).toBe(2);
  });

  test('before a run is refused, those that were judged from memory are asked once more', async () => {
    let answer: ProbeResult = unavailable('starting');
    const docker = scriptedExecutor({ name: 'docker', probe: async () => answer });
    const { runner } = testRunner([docker]);
    await expect(runner.execute(PROGRAM).result).rejects.toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE' });
    answer = HEALTHY;
    const result = await runner.execute(PROGRAM).result;
    expect(result.executor.passedOver).toEqual([]);
  });

  test('a background question that is never answered does not hold up the end of a runner', async () => {
    let isHanging = false;
    const docker = scriptedExecutor({
      name: 'docker',
      probe: () => (isHanging ? new Promise(() => undefined) : Promise.resolve(unavailable('off'))),
    });
    const { runner, log } = testRunner([docker, scriptedExecutor({ name: 'local' })]);
    await runner.execute(PROGRAM).result;
    isHanging = true;
    vi.advanceTimersByTime(REPROBE_INTERVAL_MS + 1);
    await runner.execute(PROGRAM).result;
    await sleep(20);
    expect(docker.probeCount).toBe(2);
    const startedAtMs = Date.now();
    await runner[Symbol.asyncDispose]();
    expect(Date.now() - startedAtMs).toBeLessThan(1000);
    expect(log).toEqual([]);
  });
});
