import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ExecutionEvent } from '../../src/executor/index.ts';
import { failure } from './failure.ts';
import { aborted, runsAtOnce, scriptedExecutor } from './scripted-executor.ts';
import { PROGRAM, testRunner } from './test-runner.ts';

describe('auto, on from one executor to the next', () => {
  test.each(['pull', 'create'] as const)(
    'an executor that turns out unavailable before code started is passed over, its %s notwithstanding',
    async (stage) => {
      const docker = scriptedExecutor({
        name: 'docker',
        body: async (_plan, controller) => {
          controller.emit({ type: 'stage', stage, state: 'started' });
          throw failure('ERR_EXECUTOR_UNAVAILABLE', 'The engine is gone.');
        },
      });
      const local = scriptedExecutor({ name: 'local' });
      const { runner } = testRunner([docker, local]);
      const first = await runner.execute(PROGRAM).result;
      expect(first.executor.passedOver).toMatchObject([
        { name: 'docker', reason: { en: 'The engine is gone.' } },
      ]);
      await runner.execute(PROGRAM).result;
      expect([docker.plans.length, local.plans.length]).toEqual([1, 2]);
    },
  );

  test.each<[string, ExecutionEvent & { type: 'stage' | 'stdout' }]>([
    ['an installer', { type: 'stage', stage: 'install', state: 'started' }],
    ['a compiler', { type: 'stage', stage: 'compile', state: 'started' }],
    ['the program', { type: 'stage', stage: 'run', state: 'started' }],
    ['output', { type: 'stdout', phase: 'run', data: Uint8Array.of(1) }],
  ])('after %s there is no other executor', async (_, event) => {
    const docker = scriptedExecutor({
      name: 'docker',
      body: async (_plan, controller) => {
        controller.emit(event);
        throw failure('ERR_EXECUTOR_UNAVAILABLE', 'The engine is gone.');
      },
    });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    await expect(runner.execute(PROGRAM).result).rejects.toMatchObject({ message: 'The engine is gone.' });
    expect(local.plans).toEqual([]);
  });

  test('after the program has seen input there is no other executor', async () => {
    const docker = scriptedExecutor({
      name: 'docker',
      body: async (_plan, controller) => {
        const chunks = controller.stdin[Symbol.asyncIterator]();
        await chunks.next();
        void chunks.next();
        await sleep(20);
        throw failure('ERR_EXECUTOR_UNAVAILABLE', 'The engine is gone.');
      },
    });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    const execution = runner.execute({ ...PROGRAM, stdin: { kind: 'stream' } });
    expect(await execution.write(Uint8Array.of(1))).toBe(true);
    await expect(execution.result).rejects.toMatchObject({ message: 'The engine is gone.' });
    expect(local.plans).toEqual([]);
  });

  test('input that the first executor did not take goes to the next, whole', async () => {
    const docker = scriptedExecutor({
      name: 'docker',
      body: async () => {
        await sleep(30);
        throw failure('ERR_EXECUTOR_UNAVAILABLE', 'The engine is gone.');
      },
    });
    const read: number[] = [];
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan, controller, signal) => {
        for await (const chunk of controller.stdin) read.push(...chunk);
        return runsAtOnce(plan, controller, signal);
      },
    });
    const { runner } = testRunner([docker, local]);
    const execution = runner.execute({ ...PROGRAM, stdin: { kind: 'stream' } });
    expect(await execution.write(Uint8Array.of(1, 2))).toBe(true);
    expect(await execution.write(Uint8Array.of(3))).toBe(true);
    execution.closeStdin();
    await execution.result;
    expect(read).toEqual([1, 2, 3]);
    expect(docker.plans).toHaveLength(1);
  });

  test('an abort while an executor is probed ends the run at once, as cancelled', async () => {
    const docker = scriptedExecutor({ name: 'docker', probe: () => new Promise(() => undefined) });
    const { runner } = testRunner([docker, scriptedExecutor({ name: 'local' })]);
    const abort = new AbortController();
    const execution = runner.execute(PROGRAM, { signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    const startedAtMs = Date.now();
    expect(await execution.result).toMatchObject({
      status: 'cancelled',
      install: null,
      compile: null,
      run: null,
      stoppedIn: null,
    });
    expect(Date.now() - startedAtMs).toBeLessThan(500);
  });

  test('an abort while an executor is asked for its capabilities ends the run at once, as cancelled', async () => {
    const docker = scriptedExecutor({ name: 'docker', capabilities: () => new Promise(() => undefined) });
    const { runner } = testRunner([docker, scriptedExecutor({ name: 'local' })]);
    const abort = new AbortController();
    const execution = runner.execute(PROGRAM, { signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    expect((await execution.result).status).toBe('cancelled');
  });

  test('an executor that becomes unavailable by the abort is not followed by another', async () => {
    const docker = scriptedExecutor({
      name: 'docker',
      body: async (_plan, _controller, signal) => {
        await aborted(signal);
        throw failure('ERR_EXECUTOR_UNAVAILABLE', 'Interrupted.');
      },
    });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    const abort = new AbortController();
    const execution = runner.execute(PROGRAM, { signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    expect((await execution.result).status).toBe('cancelled');
    expect(local.plans).toEqual([]);
  });
});
