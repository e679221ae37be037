import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { heapBytesInUse } from '../http/support/heap-bytes-in-use.ts';
import { EVERY_CLIENT, openEveryClient } from '../support/every-client.ts';
import { processesWith } from '../support/processes.ts';
import { engineProblem, containersOf, TEST_IMAGE } from '../support/test-engine.ts';
import { openTestService } from '../support/test-service.ts';
import { callMixture, KEPT_RUNS } from './call-mixture.ts';
import { processBelongings } from './process-belongings.ts';

const HEAP_GROWTH_BYTES = 4 * 1024 * 1024;
/** What the client of Node.js and the pool of an engine open and close as they please. */
const SPARE = 3;
const POOL_SIZE = 2;

/** Clients close a connection a second before the server would: none is closed under a call that has just begun. */
const IDLE_CONNECTION_MS = 2_000;
const GENEROUS = {
  requestBurstPerClient: 100_000,
  requestsPerSecondPerClient: 100_000,
  idleConnectionTimeoutMs: IDLE_CONNECTION_MS,
};

const EXECUTORS = [
  { name: 'local', warmUp: { trifles: 200, runs: 28 }, calls: { trifles: 1_264, runs: 56 } },
  { name: 'docker', warmUp: { trifles: 100, runs: 14 }, calls: { trifles: 636, runs: 28 } },
] as const;

const problem =
  process.platform === 'linux' ? await engineProblem() : 'what a process has is read from /proc';

/** 2,000 calls together, 100 of them with a program; each client makes every call. */
describe.each(EXECUTORS)('calls on the executor $name', ({ name, warmUp, calls }) => {
  test('leave the handles, listeners, memory, files, processes and containers as they were', async (context) => {
    context.skip(problem !== null, problem ?? '');
    const mark = `leak-${randomUUID()}`;
    await using opened = await openTestService({
      config: { executor: name, executorOptions: { docker: { image: TEST_IMAGE, poolSize: POOL_SIZE } } },
      // Few enough that the warm-up fills them.
      bounds: { runs: { runCount: KEPT_RUNS } },
    });
    const state = path.join(opened.directory, 'state');
    {
      await using all = await openEveryClient(opened.service, GENEROUS);
      expect(all.clients.map((client) => client.name)).toEqual(EVERY_CLIENT);
      await callMixture(all.clients, { ...warmUp, mark });
      await delay(IDLE_CONNECTION_MS);
      const before = await processBelongings(state);
      const heapBefore = await heapBytesInUse();

      await callMixture(all.clients, { ...calls, mark });

      await vi.waitFor(
        async () => {
          const after = await processBelongings(state);
          expect(after.handles).toBeLessThanOrEqual(before.handles + SPARE);
          expect(after.descriptors).toBeLessThanOrEqual(before.descriptors + SPARE);
          expect(after.children).toBeLessThanOrEqual(before.children);
          expect(after.listeners).toBe(before.listeners);
          expect(after.files.length, after.files.join('\n')).toBeLessThanOrEqual(before.files.length + SPARE);
          expect(await processesWith(mark)).toEqual([]);
          expect((await containersOf()).length).toBeLessThanOrEqual(name === 'docker' ? POOL_SIZE : 0);
        },
        { timeout: 10_000, interval: 200 },
      );
      const growth = (await heapBytesInUse()) - heapBefore;
      expect(growth).toBeLessThan(HEAP_GROWTH_BYTES);
    }
    await opened.service[Symbol.asyncDispose]();
    await opened.runner[Symbol.asyncDispose]();
    const { files } = await processBelongings(state);
    expect(files.filter((file) => file.includes(path.sep))).toEqual([]);
    expect(await containersOf()).toEqual([]);
  }, 120_000);
});
