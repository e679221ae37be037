import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { failure } from './failure.ts';
import { writes } from './writes.ts';
import type { Execution, OutputEvent } from '../../src/executor/index.ts';
import { resultOf, runsAtOnce, scriptedExecutor } from './scripted-executor.ts';
import { collect, PROGRAM, testRunner } from './test-runner.ts';

const KIBIBYTE = 1024;
const GIBIBYTE = 1024 ** 3;

describe('what a runner passes on', () => {
  test('every event of the executor, in order, between the queue and one result', async () => {
    const data = Uint8Array.of(1, 2, 3);
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan, controller) => {
        controller.emit({ type: 'stage', stage: 'compile', state: 'started' });
        controller.emit({ type: 'stderr', phase: 'compile', data });
        controller.emit({ type: 'artifact', artifact: { path: 'a', content: data, executable: false } });
        return resultOf(plan);
      },
    });
    const { runner } = testRunner([local]);
    const execution = runner.execute(PROGRAM);
    const events = await collect(execution);
    expect(events.slice(0, 2)).toEqual([
      { type: 'stage', stage: 'queue', state: 'started' },
      { type: 'stage', stage: 'queue', state: 'finished' },
    ]);
    expect(events.slice(2).map(({ type }) => type)).toEqual(['stage', 'stderr', 'artifact', 'result']);
    const output = events.find((event): event is OutputEvent => event.type === 'stderr');
    expect(output?.data).toBe(data);
    expect(events.at(-1)).toEqual({ type: 'result', result: await execution.result });
  });

  test('the id of the plan, and the time from execute() on, the queue included', async () => {
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan) => {
        await sleep(60);
        return resultOf(plan, { durationMs: 1 });
      },
    });
    const { runner } = testRunner([local], {
      config: { auto: { order: ['local'] }, queue: { concurrency: 1, length: 9 } },
    });
    const executions = [runner.execute(PROGRAM), runner.execute(PROGRAM)];
    const results = await Promise.all(executions.map(({ result }) => result));
    expect(results.map(({ id }) => id)).toEqual(executions.map(({ id }) => id));
    expect(results[0]?.durationMs).toBeGreaterThan(50);
    expect(results[1]?.durationMs).toBeGreaterThan(110);
  });

  test('the pace of the consumer: a program that floods is held up', async () => {
    let written = 0;
    const local = scriptedExecutor({
      name: 'local',
      body: writes(GIBIBYTE, (byteCount) => (written = byteCount)),
    });
    const { runner } = testRunner([local]);
    const abort = new AbortController();
    const execution = runner.execute(PROGRAM, { signal: abort.signal });
    let seen = 0;
    for await (const event of execution) {
      if (event.type !== 'stdout') continue;
      seen += event.data.length;
      await sleep(20);
      expect(written - seen).toBeLessThan(1024 * KIBIBYTE);
      if (seen > 512 * KIBIBYTE) break;
    }
    // Who has left hears no more, and holds nothing up.
    expect((await execution.result).status).toBe('ok');
  });

  test('a gibibyte at more than a gigabyte a second, iterated or not, and in little memory', async () => {
    const local = scriptedExecutor({ name: 'local', body: writes(GIBIBYTE) });
    const { runner } = testRunner([local]);
    const gigabytesPerSecond = async (work: (execution: Execution) => Promise<number>): Promise<number> => {
      const startedAtMs = performance.now();
      const execution = runner.execute(PROGRAM);
      expect(await work(execution)).toBe(GIBIBYTE);
      await execution.result;
      return GIBIBYTE / 1e6 / (performance.now() - startedAtMs);
    };
    const iterate = async (execution: Execution): Promise<number> => {
      let seenBytes = 0;
      for await (const event of execution) if (event.type === 'stdout') seenBytes += event.data.length;
      return seenBytes;
    };
    const before = process.memoryUsage.rss();
    expect(await gigabytesPerSecond(iterate)).toBeGreaterThan(1);
    expect(await gigabytesPerSecond(() => Promise.resolve(GIBIBYTE))).toBeGreaterThan(1);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * KIBIBYTE * KIBIBYTE);
  });

  test('stdin, at the pace of the program, and its end', async () => {
    const read: number[] = [];
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan, controller, signal) => {
        for await (const chunk of controller.stdin) {
          read.push(...chunk);
          await sleep(30);
        }
        return runsAtOnce(plan, controller, signal);
      },
    });
    const { runner } = testRunner([local]);
    const execution = runner.execute({ ...PROGRAM, stdin: { kind: 'stream' } });
    const startedAtMs = performance.now();
    for (const byte of [1, 2, 3]) expect(await execution.write(Uint8Array.of(byte))).toBe(true);
    expect(performance.now() - startedAtMs).toBeGreaterThan(80);
    execution.closeStdin();
    await execution.result;
    expect(read).toEqual([1, 2, 3]);
    await expect(execution.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
  });

  test('that a program reads no more, as false and without delay', async () => {
    const { promise: end, resolve: finish } = Promise.withResolvers<void>();
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan, controller) => {
        controller.emit({ type: 'stage', stage: 'run', state: 'started' });
        for await (const _ of controller.stdin) break;
        await end;
        return resultOf(plan);
      },
    });
    const { runner } = testRunner([local]);
    const execution = runner.execute({ ...PROGRAM, stdin: { kind: 'stream' } });
    expect(await execution.write(Uint8Array.of(1))).toBe(false);
    expect(await execution.write(Uint8Array.of(2))).toBe(false);
    finish();
    await execution.result;
  });

  test('that a program which never read its stdin has ended, as false', async () => {
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan) => (await sleep(20), resultOf(plan)),
    });
    const { runner } = testRunner([local]);
    const execution = runner.execute({ ...PROGRAM, stdin: { kind: 'stream' } });
    expect(await execution.write(Uint8Array.of(1))).toBe(false);
  });

  test('a failure of the executor as it is, to whoever iterates and to whoever awaits', async () => {
    const broken = failure('ERR_EXECUTOR_FAILED', 'broken');
    const { runner } = testRunner([scriptedExecutor({ name: 'local', body: () => Promise.reject(broken) })]);
    const execution = runner.execute(PROGRAM);
    await expect(collect(execution)).rejects.toBe(broken);
    await expect(execution.result).rejects.toBe(broken);
  });
});

describe('a request that is refused', () => {
  test.each<[string, object, string]>([
    ['an empty program', { code: '' }, 'ERR_REQUEST_INVALID'],
    ['an unknown language', { language: 'cobol' }, 'ERR_LANGUAGE_UNSUPPORTED'],
  ])('fails through the execution, not by a throw: %s', async (_, change, code) => {
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([local]);
    const execution = runner.execute({ ...PROGRAM, stdin: { kind: 'stream' }, ...change });
    expect(await execution.write(Uint8Array.of(1))).toBe(false);
    await expect(execution.result).rejects.toMatchObject({ code });
    expect(local.createdWith).toEqual([]);
  });
});
