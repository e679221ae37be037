import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ExecutionEvent } from '../../src/executor/index.ts';
import { writes } from './writes.ts';
import { aborted, resultOf, scriptedExecutor } from './scripted-executor.ts';
import { PROGRAM, testRunner } from './test-runner.ts';

const KIBIBYTE = 1024;

describe('an abort', () => {
  test('from before execute() starts nothing', async () => {
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([local]);
    expect((await runner.execute(PROGRAM, { signal: AbortSignal.abort() }).result).status).toBe('cancelled');
    expect(local.createdWith).toEqual([]);
  });

  test('ends a run whose consumer stands still, and drops what that one does not take', async () => {
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan, controller, signal) => {
        const flood = writes(64 * KIBIBYTE * KIBIBYTE)(plan, controller, signal);
        await aborted(signal);
        await flood;
        return resultOf(plan, { status: 'cancelled', stoppedIn: 'run' });
      },
    });
    const { runner } = testRunner([local]);
    const abort = new AbortController();
    const execution = runner.execute(PROGRAM, { signal: abort.signal });
    const iterator = execution[Symbol.asyncIterator]();
    for (let index = 0; index < 4; index += 1) await iterator.next();
    await sleep(50);
    abort.abort();
    const startedAtMs = performance.now();
    expect((await execution.result).status).toBe('cancelled');
    expect(performance.now() - startedAtMs).toBeLessThan(3000);
    let last: ExecutionEvent | null = null;
    let count = 0;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      last = next.value;
      count += 1;
    }
    expect(count).toBeLessThan(20);
    expect(last?.type).toBe('result');
  });

  test('does not cost a consumer that keeps up its last output', async () => {
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan, controller, signal) => {
        controller.emit({ type: 'stage', stage: 'run', state: 'started' });
        await aborted(signal);
        return writes(32 * KIBIBYTE * KIBIBYTE)(plan, controller, signal);
      },
    });
    const { runner } = testRunner([local]);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    let seen = 0;
    for await (const event of runner.execute(PROGRAM, { signal: abort.signal })) {
      if (event.type === 'stdout') seen += event.data.length;
    }
    expect(seen).toBe(32 * KIBIBYTE * KIBIBYTE);
  });
});
