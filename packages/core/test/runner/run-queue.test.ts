import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { ReleasePlace } from '../../src/runner/run-queue.ts';
import { RunQueue } from '../../src/runner/run-queue.ts';

const NEVER = new AbortController().signal;

/** Notes who is admitted, in what order; the run stays until `finish`. */
class Visitors {
  readonly admitted: string[] = [];
  readonly refused: string[] = [];
  readonly releases = new Map<string, ReleasePlace>();
  readonly #queue: RunQueue;

  constructor(queue: RunQueue) {
    this.#queue = queue;
  }

  async arrive(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      this.#queue.enter(name.charAt(0), NEVER).then(
        (release) => {
          this.admitted.push(name);
          if (release !== null) this.releases.set(name, release);
        },
        () => this.refused.push(name),
      );
    }
    await settle();
  }

  /** Ends the oldest run, and so on until nobody is left. */
  async finishAll(): Promise<void> {
    for (;;) {
      const [first] = this.releases;
      if (first === undefined) return;
      this.releases.delete(first[0]);
      first[1]();
      await settle();
    }
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

describe('RunQueue', () => {
  test('no more runs than allowed at one time, and each place is used again', async () => {
    const queue = new RunQueue({ concurrency: 2, length: 10 });
    const visitors = new Visitors(queue);
    await visitors.arrive('a1', 'a2', 'a3', 'a4');
    expect(visitors.admitted).toEqual(['a1', 'a2']);
    expect([queue.runningCount, queue.waitingCount]).toEqual([2, 2]);
    visitors.releases.get('a2')?.();
    await settle();
    expect(visitors.admitted).toEqual(['a1', 'a2', 'a3']);
  });

  test('a place given back twice is one place', async () => {
    const queue = new RunQueue({ concurrency: 1, length: 10 });
    const visitors = new Visitors(queue);
    await visitors.arrive('a1', 'a2', 'a3');
    visitors.releases.get('a1')?.();
    visitors.releases.get('a1')?.();
    await settle();
    expect(visitors.admitted).toEqual(['a1', 'a2']);
    expect(queue.runningCount).toBe(1);
  });

  test('principals take turns, and the runs of each keep their order', async () => {
    const visitors = new Visitors(new RunQueue({ concurrency: 1, length: 100 }));
    await visitors.arrive('a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1');
    await visitors.finishAll();
    expect(visitors.admitted).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4', 'a5']);
  });

  test('a newcomer does not wait behind everything that somebody else has waiting', async () => {
    const visitors = new Visitors(new RunQueue({ concurrency: 1, length: 100 }));
    await visitors.arrive(...Array.from({ length: 50 }, (_, index) => `a${index}`), 'b0');
    await visitors.finishAll();
    expect(visitors.admitted.indexOf('b0')).toBeLessThanOrEqual(2);
  });

  test('a full queue refuses, retryable, with numbers and a way out', async () => {
    const queue = new RunQueue({ concurrency: 1, length: 1 });
    const visitors = new Visitors(queue);
    await visitors.arrive('a1', 'a2');
    await expect(queue.enter('a', NEVER)).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      retryable: true,
      message: expect.stringContaining('1 executions run and 1 wait'),
      hint: expect.stringContaining('CLOCHE_QUEUE_LENGTH'),
    });
    await visitors.finishAll();
    expect(visitors.admitted).toEqual(['a1', 'a2']);
  });

  test('a queue of no length takes as many runs as may run', async () => {
    const visitors = new Visitors(new RunQueue({ concurrency: 1, length: 0 }));
    await visitors.arrive('a1', 'b1');
    expect(visitors.refused).toEqual(['b1']);
  });

  test('whoever fills the queue does not shut others out, and is never put at less than they have', async () => {
    const visitors = new Visitors(new RunQueue({ concurrency: 1, length: 4 }));
    await visitors.arrive('a0', 'a1', 'a2', 'a3', 'a4');
    await visitors.arrive('b1', 'b2', 'b3');
    expect(visitors.refused).toEqual(['a4', 'a3', 'b3']);
    await visitors.arrive('a5');
    expect(visitors.refused.at(-1)).toBe('a5');
    await visitors.finishAll();
    expect(visitors.admitted).toEqual(['a0', 'a1', 'b1', 'a2', 'b2']);
  });

  test('an abort while waiting leaves the queue at once, and leaves nothing on the signal', async () => {
    const queue = new RunQueue({ concurrency: 1, length: 10 });
    const visitors = new Visitors(queue);
    await visitors.arrive('a1');
    const abort = new AbortController();
    const waiting = queue.enter('b', abort.signal);
    await visitors.arrive('c1');
    abort.abort();
    expect(await waiting).toBeNull();
    expect(queue.waitingCount).toBe(1);
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
    await visitors.finishAll();
    expect(visitors.admitted).toEqual(['a1', 'c1']);
    expect([queue.runningCount, queue.waitingCount]).toEqual([0, 0]);
  });

  test('who was aborted before arriving never enters', async () => {
    const queue = new RunQueue({ concurrency: 1, length: 0 });
    expect(await queue.enter('a', AbortSignal.abort())).toBeNull();
    expect(queue.runningCount).toBe(0);
  });

  test('being admitted leaves nothing on the signal', async () => {
    const queue = new RunQueue({ concurrency: 1, length: 10 });
    const abort = new AbortController();
    const first = await queue.enter('a', abort.signal);
    const second = queue.enter('a', abort.signal);
    first?.();
    await second;
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
  });
});
