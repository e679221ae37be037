import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { failure } from './failure.ts';
import { resultOf, runsUntilAborted, scriptedExecutor } from './scripted-executor.ts';
import { collect, PROGRAM, testRunner } from './test-runner.ts';

describe('the queue of a runner', () => {
  test('lets as many run at one time as it may, and none of them before its turn', async () => {
    let running = 0;
    let most = 0;
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan) => {
        running += 1;
        most = Math.max(most, running);
        await sleep(5);
        running -= 1;
        return resultOf(plan);
      },
    });
    const { runner } = testRunner([local], {
      config: { auto: { order: ['local'] }, queue: { concurrency: 3, length: 97 } },
    });
    await Promise.all(Array.from({ length: 100 }, () => runner.execute(PROGRAM).result));
    expect([most, local.plans.length]).toEqual([3, 100]);
  });

  test('gives a place back whatever became of the run', async () => {
    let count = 0;
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan) => {
        count += 1;
        if (count < 5) throw failure('ERR_EXECUTOR_FAILED', 'broken');
        return resultOf(plan);
      },
    });
    const { runner } = testRunner([local], {
      config: { executor: 'local', queue: { concurrency: 1, length: 9 } },
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => runner.execute(PROGRAM).result),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 4 }, () => 'rejected'),
      'fulfilled',
    ]);
    await expect(runner.execute(PROGRAM, { executor: 'nobody' }).result).rejects.toThrow('nobody');
    await runner.execute(PROGRAM).result;
  });

  test('refuses when it is full, retryable, and the refused run never starts', async () => {
    const local = scriptedExecutor({ name: 'local', body: runsUntilAborted });
    const { runner } = testRunner([local], {
      config: { executor: 'local', queue: { concurrency: 1, length: 1 } },
    });
    const abort = new AbortController();
    const kept = [1, 2].map(() => runner.execute(PROGRAM, { signal: abort.signal }).result);
    await expect(runner.execute(PROGRAM).result).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      retryable: true,
    });
    abort.abort();
    expect((await Promise.all(kept)).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(local.plans).toHaveLength(1);
  });

  test('an abort while waiting gives a cancelled result of the usual shape, and the run never starts', async () => {
    const local = scriptedExecutor({ name: 'local', body: runsUntilAborted });
    const { runner } = testRunner([local], {
      config: { executor: 'local', queue: { concurrency: 1, length: 9 } },
    });
    const first = new AbortController();
    const running = runner.execute(PROGRAM, { signal: first.signal });
    const abort = new AbortController();
    const waiting = runner.execute(PROGRAM, { signal: abort.signal });
    const events = collect(waiting);
    setTimeout(() => abort.abort(), 10);
    const result = await waiting.result;
    expect(result).toMatchObject({
      status: 'cancelled',
      install: null,
      compile: null,
      run: null,
      stoppedIn: null,
    });
    expect(result.durationMs).toBeGreaterThan(5);
    first.abort();
    expect(Object.keys(result).toSorted()).toEqual(Object.keys(await running.result).toSorted());
    expect((await events).map(({ type }) => type)).toEqual(['stage', 'stage', 'result']);
    expect(local.plans).toHaveLength(1);
  });

  test('takes principals in turns', async () => {
    const order: string[] = [];
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan) => {
        order.push(new TextDecoder().decode(plan.files[0]?.content));
        await sleep(1);
        return resultOf(plan);
      },
    });
    const { runner } = testRunner([local], {
      config: { executor: 'local', queue: { concurrency: 1, length: 99 } },
    });
    const run = (code: string) => runner.execute({ ...PROGRAM, code }, { principal: code.charAt(0) }).result;
    await Promise.all(['a1', 'a2', 'a3', 'a4', 'b1', 'b2'].map(run));
    expect(order).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'a4']);
  });
});
