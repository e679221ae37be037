import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { scriptedExecutor } from './scripted-executor.ts';
import { collect, PROGRAM, testRunner } from './test-runner.ts';

/** Node.js starts without it; a flag set later counts for new contexts. */
v8.setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a thousand runs', () => {
  test('leave no listener, no timer and no growth', async () => {
    const docker = scriptedExecutor({ name: 'docker', capabilities: { isolation: 'none' } });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local], {
      config: { auto: { order: ['missing', 'docker', 'local'] }, isolation: { minimum: 'container' } },
    });
    const abort = new AbortController();
    const run = async (): Promise<void> => {
      await collect(runner.execute({ ...PROGRAM, stdin: { kind: 'stream' } }, { signal: abort.signal }));
      // What the double notes for tests is no growth of the runner.
      local.plans.length = 0;
    };
    for (let index = 0; index < 1000; index += 1) await run();
    await sleep(20);
    collectGarbage();
    const timers = activeTimers();
    const heapBytes = process.memoryUsage().heapUsed;
    for (let index = 0; index < 1000; index += 1) await run();
    await sleep(20);
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
    expect(activeTimers()).toBeLessThanOrEqual(timers);
    collectGarbage();
    const grownBytes = process.memoryUsage().heapUsed - heapBytes;
    expect(grownBytes).toBeLessThan(200_000);
  });
});

function activeTimers(): number {
  return process
    .getActiveResourcesInfo()
    .filter((resource) => resource === 'Timeout' || resource === 'Immediate').length;
}
