import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ExecutionEvent, ExecutionResult } from '../../src/executor/index.ts';
import { startExecution } from '../../src/executor/index.ts';

const PLAN = { id: 'abc', stdin: { kind: 'stream' } } as const;
// Nothing in startExecution looks into a result.
const RESULT = { id: 'abc', status: 'ok' } as unknown as ExecutionResult;

async function collect(execution: AsyncIterable<ExecutionEvent>): Promise<ExecutionEvent[]> {
  const events: ExecutionEvent[] = [];
  for await (const event of execution) events.push(event);
  return events;
}

describe('startExecution', () => {
  test('the events end with the one result, whatever the body still says afterwards', async () => {
    const execution = startExecution(PLAN, async (controller) => {
      controller.emit({ type: 'stage', stage: 'run', state: 'started' });
      void execution.result.then(() => controller.emit({ type: 'stage', stage: 'run', state: 'finished' }));
      return RESULT;
    });
    expect((await collect(execution)).map(({ type }) => type)).toEqual(['stage', 'result']);
    expect(await execution.result).toBe(RESULT);
  });

  test('the result is there with nobody iterating, and late iterating is refused', async () => {
    const execution = startExecution(PLAN, async (controller) => {
      for (let index = 0; index < 1000; index += 1) {
        if (!controller.emit({ type: 'stdout', phase: 'run', data: new Uint8Array(4096) }))
          await controller.drained();
      }
      return RESULT;
    });
    expect(await execution.result).toBe(RESULT);
    await expect(collect(execution)).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
  });

  test('a failure rejects the result and is thrown by the iterator, as one ClocheError with its cause', async () => {
    const cause = new TypeError('broken');
    const execution = startExecution(PLAN, () => Promise.reject(cause));
    await expect(collect(execution)).rejects.toMatchObject({ code: 'ERR_EXECUTOR_FAILED', cause });
    await expect(execution.result).rejects.toThrow('broken');
  });

  test('a failure that nobody awaits does not end the process', async () => {
    const seen: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void seen.push(reason);
    process.on('unhandledRejection', onUnhandled);
    startExecution(PLAN, () => Promise.reject(new Error('nobody cares')));
    await nextTurn();
    await nextTurn();
    process.off('unhandledRejection', onUnhandled);
    expect(seen).toEqual([]);
  });

  test('writes that nobody reads are answered when the execution ends', async () => {
    const { promise, resolve } = Promise.withResolvers<ExecutionResult>();
    const execution = startExecution(PLAN, () => promise);
    const write = execution.write(Uint8Array.of(1));
    resolve(RESULT);
    expect(await write).toBe(false);
    expect(await execution.write(Uint8Array.of(1))).toBe(false);
  });
});
