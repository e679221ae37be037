import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { EventStream } from '../../src/executor/execution/event-stream.ts';
import type { ExecutionEvent } from '../../src/executor/index.ts';
import { ClocheError } from '../../src/executor/index.ts';

const KIBIBYTE = 1024;

function testStream(): EventStream<ExecutionEvent> {
  return new EventStream({
    weigh: (event) => ('data' in event ? event.data.length : 0),
    named: { en: 'execution', zh: '执行' },
    begunBy: 'execute()',
    mapDefect: (error) => failure(error instanceof Error ? error.message : 'no error'),
  });
}

function output(byteCount: number, fill = 0): ExecutionEvent {
  return { type: 'stdout', phase: 'run', data: new Uint8Array(byteCount).fill(fill) };
}

const LAST: ExecutionEvent = { type: 'stage', stage: 'run', state: 'finished' };

function end(stream: EventStream<ExecutionEvent>): Promise<void> {
  return stream.produce(
    () => Promise.resolve(),
    () => LAST,
  );
}

function failure(detail: string): ClocheError {
  return new ClocheError({ code: 'ERR_EXECUTOR_FAILED', message: { en: detail, zh: '已消失' } });
}

function fail(stream: EventStream<ExecutionEvent>, error: Error): Promise<void> {
  return stream.produce(
    () => Promise.reject(error),
    () => LAST,
  );
}

async function collect(stream: EventStream<ExecutionEvent>): Promise<ExecutionEvent[]> {
  const events: ExecutionEvent[] = [];
  const iterator = stream.iterate();
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
    events.push(next.value);
  return events;
}

describe('EventStream', () => {
  test('a consumer that begins at once gets every event in order', async () => {
    const stream = testStream();
    const collected = collect(stream);
    for (let index = 0; index < 100; index += 1) stream.push(output(1, index));
    await end(stream);
    const bytes = (await collected).map((event) => (event.type === 'stdout' ? event.data[0] : null));
    expect(bytes).toEqual([...Array.from({ length: 100 }, (_, index) => index), null]);
  });

  test('events from before the consumer began, in the same turn, are kept', async () => {
    const stream = testStream();
    stream.push(output(1));
    void end(stream);
    expect(await collect(stream)).toEqual([output(1), LAST]);
  });

  test('a producer is held up while the consumer is behind, and let go when it has caught up', async () => {
    const stream = testStream();
    const iterator = stream.iterate();
    let pushed = 0;
    while (stream.push(output(64 * KIBIBYTE))) pushed += 1;
    expect(pushed).toBeLessThan(5);

    let isDrained = false;
    const drained = stream.drained().then(() => (isDrained = true));
    await nextTurn();
    expect(isDrained).toBe(false);

    await iterator.next();
    await drained;
    expect(isDrained).toBe(true);
  });

  test('events without bytes hold the producer up as well', () => {
    const stream = testStream();
    stream.iterate();
    let pushed = 0;
    while (pushed < 100_000 && stream.push({ type: 'stage', stage: 'run', state: 'progress' })) pushed += 1;
    expect(pushed).toBeLessThan(2000);
  });

  test('without a consumer nothing is kept and nobody is held up', async () => {
    const stream = testStream();
    while (stream.push(output(64 * KIBIBYTE)));
    const held = stream.drained();
    await nextTurn();
    await held;
    for (let index = 0; index < 100; index += 1) expect(stream.push(output(64 * KIBIBYTE))).toBe(true);
    expect(() => stream.iterate()).toThrow('too late');
  });

  test('there is one consumer', () => {
    const stream = testStream();
    stream.iterate();
    expect(() => stream.iterate()).toThrow('one consumer');
  });

  test('a consumer that leaves early lets a waiting producer go, and hears no failure any more', async () => {
    const stream = testStream();
    const iterator = stream.iterate();
    while (stream.push(output(64 * KIBIBYTE)));
    const held = stream.drained();
    await iterator.return?.();
    await held;
    await expect(fail(stream, failure('gone'))).rejects.toThrow('gone');
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test('a failure comes after the events before it, and once', async () => {
    const stream = testStream();
    const iterator = stream.iterate();
    stream.push(output(1));
    const produced = fail(stream, failure('gone'));
    await expect(produced).rejects.toThrow('gone');
    expect((await iterator.next()).done).toBe(false);
    await expect(iterator.next()).rejects.toThrow('gone');
    expect((await iterator.next()).done).toBe(true);
  });

  test('what a producer throws, and is no error of ours, is told as one, to both', async () => {
    const stream = testStream();
    const collected = collect(stream);
    await expect(fail(stream, new TypeError('a defect'))).rejects.toThrow(failure('a defect'));
    await expect(collected).rejects.toThrow(failure('a defect'));
  });

  test('a producer begins after whoever starts it can iterate', async () => {
    const stream = testStream();
    let hasBegun = false;
    const produced = stream.produce(
      () => Promise.resolve((hasBegun = true)),
      () => LAST,
    );
    expect(hasBegun).toBe(false);
    const collected = collect(stream);
    expect(await produced).toBe(true);
    expect(await collected).toEqual([LAST]);
  });

  test('several calls of next() before an event are each answered', async () => {
    const stream = testStream();
    const iterator = stream.iterate();
    const answers = Promise.all([iterator.next(), iterator.next(), iterator.next()]);
    stream.push(output(1, 1));
    await nextTurn();
    stream.push(output(1, 2));
    await end(stream);
    expect((await answers).map(({ value }) => value as ExecutionEvent)).toEqual([
      output(1, 1),
      output(1, 2),
      LAST,
    ]);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test('what a producer says after its end does not follow the last event', async () => {
    const stream = testStream();
    const collected = collect(stream);
    await end(stream);
    expect(stream.push(output(1))).toBe(true);
    expect(await collected).toEqual([LAST]);
  });
});
