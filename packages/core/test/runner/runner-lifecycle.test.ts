import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createRunner } from '../../src/runner/create-runner.ts';
import { failure } from './failure.ts';
import { resultOf, runsUntilAborted, scriptedExecutor, unavailable } from './scripted-executor.ts';
import { PROGRAM, testRunner } from './test-runner.ts';

describe('dispose', () => {
  test('cancels what runs and what waits, waits for it, then disposes the executors that were created', async () => {
    const order: string[] = [];
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan, controller, signal) => {
        const result = await runsUntilAborted(plan, controller, signal);
        await sleep(30);
        order.push('run ended');
        return result;
      },
      dispose: async () => void order.push('disposed'),
    });
    const unused = scriptedExecutor({ name: 'unused' });
    const { runner } = testRunner([local, unused], {
      config: { executor: 'local', queue: { concurrency: 1, length: 9 } },
    });
    const results = [runner.execute(PROGRAM).result, runner.execute(PROGRAM).result];
    await sleep(20);
    await Promise.all([runner[Symbol.asyncDispose](), runner[Symbol.asyncDispose]()]);
    expect(order).toEqual(['run ended', 'disposed']);
    expect((await Promise.all(results)).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect([local.disposeCount, local.plans.length, unused.createdWith.length]).toEqual([1, 1, 0]);
  });

  test('afterwards every run is refused, and nothing is loaded any more', async () => {
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([local]);
    await runner[Symbol.asyncDispose]();
    await expect(runner.execute(PROGRAM).result).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
    await expect(runner.executor('local')).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
    expect(local.createdWith).toEqual([]);
  });

  test('says so when an executor cannot be disposed, and disposes the others', async () => {
    const docker = scriptedExecutor({ name: 'docker', dispose: () => Promise.reject(new Error('stuck')) });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    await Promise.all([runner.executor('docker'), runner.executor('local')]);
    await expect(runner[Symbol.asyncDispose]()).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_FAILED',
      message: expect.stringContaining('stuck'),
    });
    expect(local.disposeCount).toBe(1);
  });

  test('is not held up by a consumer that stands still', async () => {
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan, controller) => {
        const data = new Uint8Array(1 << 20);
        for (let index = 0; index < 8; index += 1) {
          if (!controller.emit({ type: 'stdout', phase: 'run', data })) await controller.drained();
        }
        return resultOf(plan);
      },
    });
    const { runner } = testRunner([local]);
    const iterator = runner.execute(PROGRAM)[Symbol.asyncIterator]();
    await iterator.next();
    await sleep(20);
    const startedAtMs = performance.now();
    await runner[Symbol.asyncDispose]();
    expect(performance.now() - startedAtMs).toBeLessThan(3000);
  });

  test('before anything ran loads nothing', async () => {
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([local]);
    await runner[Symbol.asyncDispose]();
    expect([local.createdWith.length, local.disposeCount]).toEqual([0, 0]);
  });
});

describe('reap', () => {
  test('asks every executor that is available, says what each removed, and why others were not asked', async () => {
    const docker = scriptedExecutor({ name: 'docker', probe: async () => unavailable('off') });
    const broken = scriptedExecutor({ name: 'broken', reap: () => Promise.reject(new Error('no luck')) });
    const local = scriptedExecutor({
      name: 'local',
      reap: async () => ({ removed: [{ kind: 'directory', name: 'old' }], failed: [] }),
    });
    const { runner, log } = testRunner([docker, broken, local]);
    expect(await runner.reap()).toEqual([
      {
        executor: 'broken',
        removed: [],
        failed: [],
        problem: {
          en: 'The executor broken failed: no luck',
          zh: '执行器 broken 失败：no luck',
        },
      },
      { executor: 'docker', removed: [], failed: [], problem: { en: 'off', zh: '不可用。' } },
      { executor: 'local', removed: [{ kind: 'directory', name: 'old' }], failed: [], problem: null },
    ]);
    expect(docker.reapCount).toBe(0);
    expect(log).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: 'warn' }),
        expect.objectContaining({ level: 'info' }),
      ]),
    );
  });

  test('happens by itself once, after the first result is out, on what was loaded anyway', async () => {
    let isResultOut = false;
    let wasResultOut = false;
    const local = scriptedExecutor({
      name: 'local',
      reap: async () => {
        wasResultOut = isResultOut;
        return { removed: [], failed: [] };
      },
    });
    const other = scriptedExecutor({ name: 'other' });
    const { runner } = testRunner([local, other]);
    const execution = runner.execute(PROGRAM);
    void execution.result.then(() => (isResultOut = true));
    await execution.result;
    await runner.execute(PROGRAM).result;
    await sleep(20);
    expect([local.reapCount, wasResultOut, other.createdWith.length]).toEqual([1, true, 0]);
  });

  test('in the background never delays a run, and is over before its executor is disposed', async () => {
    const { promise, resolve } = Promise.withResolvers<{ removed: []; failed: [] }>();
    const order: string[] = [];
    const local = scriptedExecutor({
      name: 'local',
      reap: () => promise.finally(() => order.push('reaped')),
      dispose: async () => void order.push('disposed'),
    });
    const { runner } = testRunner([local]);
    await runner.execute(PROGRAM).result;
    await runner.execute(PROGRAM).result;
    setTimeout(() => resolve({ removed: [], failed: [] }), 30);
    await runner[Symbol.asyncDispose]();
    expect(order).toEqual(['reaped', 'disposed']);
  });

  test('that fails in the background is logged, and no run fails for it', async () => {
    const local = scriptedExecutor({ name: 'local', reap: () => Promise.reject(new Error('no luck')) });
    const { runner, log } = testRunner([local]);
    await runner.execute(PROGRAM).result;
    await sleep(20);
    expect(log).toEqual([{ level: 'warn', message: 'An executor could not be asked to clean up.' }]);
  });
});

describe('inspect', () => {
  test('reports every executor that is built in, added or named, whatever is wrong with it', async () => {
    const added = scriptedExecutor({ name: 'added' });
    const { runner } = testRunner(
      [
        scriptedExecutor({ name: 'local' }),
        scriptedExecutor({ name: 'off', probe: async () => unavailable('the engine is off') }),
        scriptedExecutor({ name: 'rude', probe: () => Promise.reject(new Error('boom')) }),
        scriptedExecutor({
          name: 'mute',
          capabilities: () => Promise.reject(failure('ERR_EXECUTOR_FAILED', 'no answer')),
        }),
      ],
      {
        resolve: async (name) => (name === 'added' ? added.plugin : null),
        addedNames: async () => ['added'],
        config: { auto: { order: ['docker', 'local'] } },
      },
    );
    const reports = Object.fromEntries((await runner.inspect()).map((report) => [report.name, report]));
    expect(Object.keys(reports).toSorted()).toEqual(['added', 'docker', 'local', 'mute', 'off', 'rude']);
    expect(reports['local']).toMatchObject({
      origin: 'built-in',
      probe: { available: true },
      capabilities: { isolation: 'container' },
      error: null,
    });
    expect(reports['added']).toMatchObject({ origin: 'added', probe: { available: true } });
    expect(reports['docker']).toMatchObject({
      origin: 'missing',
      probe: { available: false, code: 'ERR_EXECUTOR_NOT_FOUND' },
      capabilities: null,
    });
    expect(reports['off']).toMatchObject({
      probe: { available: false, reason: { en: 'the engine is off' } },
      capabilities: null,
      error: null,
    });
    expect(reports['rude']).toMatchObject({
      probe: { available: false },
      error: { code: 'ERR_EXECUTOR_FAILED' },
    });
    expect(reports['mute']).toMatchObject({
      probe: { available: true },
      capabilities: null,
      error: { message: 'no answer' },
    });
  });

  test('does without the added ones where their list cannot be read, and says so', async () => {
    const { runner, log } = testRunner([scriptedExecutor({ name: 'local' })], {
      addedNames: () => Promise.reject(new Error('the list is broken')),
    });
    expect((await runner.inspect()).map(({ name }) => name)).toEqual(['local']);
    expect((await runner.reap()).map(({ executor }) => executor)).toEqual(['local']);
    expect(log[0]).toEqual({ level: 'error', message: 'The list of added executors could not be read.' });
    await expect(runner.executor('locla')).rejects.toMatchObject({ code: 'ERR_EXECUTOR_NOT_FOUND' });
  });

  test('asks for nothing that costs, and keeps what is not known absent', async () => {
    const cloud = scriptedExecutor({ name: 'cloud', capabilities: { languages: {} } });
    const [report] = await testRunner([cloud]).runner.inspect();
    expect(cloud.queries).toEqual([{ mayCost: false }]);
    expect(report).toMatchObject({
      probe: { available: true },
      capabilities: { languages: {} },
      error: null,
    });
  });

  test('asks all at once', async () => {
    const slow = ['one', 'two', 'three', 'four'].map((name) =>
      scriptedExecutor({ name, probe: async () => (await sleep(100), unavailable('slow')) }),
    );
    const startedAtMs = performance.now();
    await testRunner(slow).runner.inspect();
    expect(performance.now() - startedAtMs).toBeLessThan(350);
  });

  test('is over in time though an executor never answers', async () => {
    const { runner } = testRunner([
      scriptedExecutor({ name: 'hung', probe: () => new Promise(() => undefined) }),
    ]);
    const startedAtMs = performance.now();
    const [report] = await runner.inspect();
    expect(performance.now() - startedAtMs).toBeLessThan(8000);
    expect(report?.probe).toMatchObject({ available: false, reason: { en: expect.stringContaining('5 s') } });
  });
});

describe('createRunner', () => {
  test('loads nothing, and refuses a queue that no run fits through', () => {
    let loadCount = 0;
    const executors = { local: () => ((loadCount += 1), Promise.reject(new Error('too early'))) };
    createRunner({ executors });
    expect(loadCount).toBe(0);
    for (const queue of [
      { concurrency: 0, length: 1 },
      { concurrency: 1.5, length: 1 },
      { concurrency: 1, length: -1 },
    ]) {
      expect(() => createRunner({ executors, config: { queue } })).toThrow(
        expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
      );
    }
  });

  test('works without a host and a configuration', async () => {
    const local = scriptedExecutor({ name: 'local' });
    await using runner = createRunner({ executors: { local: async () => local.plugin } });
    const result = await runner.execute(PROGRAM).result;
    expect(result.executor.passedOver).toMatchObject([{ name: 'docker', code: 'ERR_EXECUTOR_NOT_FOUND' }]);
    expect(await runner.executorNames()).toEqual(['local']);
  });
});
