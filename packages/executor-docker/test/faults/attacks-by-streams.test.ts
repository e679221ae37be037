import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { attackSuite } from './support/attack-suite.ts';
import { outputOf, python } from './support/docker-under-test.ts';

const suite = attackSuite();
const MEBIBYTE = 1024 * 1024;
const GROWTH_BYTES = 200 * MEBIBYTE;

/** The most that this process grows by while something is under way. */
async function growthDuring(work: Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = 0;
  const over = new AbortController();
  const end = (): void => over.abort();
  work.then(end, end);
  while (!over.signal.aborted) {
    most = Math.max(most, process.memoryUsage.rss() - before);
    await sleep(20);
  }
  return most;
}

describe('a program that turns against the streams', () => {
  test('a gigabyte of output under a cap of one mebibyte costs this process next to nothing', async () => {
    const code = `import sys
block = b"x" * (1024 * 1024)
for _ in range(1024):
    sys.stdout.buffer.write(block)
`;
    const run = suite.run(python(code, { limits: { outputBytes: MEBIBYTE } }));
    expect(await growthDuring(run)).toBeLessThan(GROWTH_BYTES);
    const result = await run;
    expect(result.status).toBe('ok');
    expect(result.run?.stdout).toMatchObject({ byteCount: 1024 * MEBIBYTE, truncated: true });
    expect(result.run?.stdout.head.length).toBeLessThanOrEqual(MEBIBYTE);
  });

  test('output without an end, on both streams at once, ends at the deadline', async () => {
    const code = `import os, threading
def flood(descriptor):
    while True:
        os.write(descriptor, b"y\\n" * 30000)
threading.Thread(target=flood, args=(2,), daemon=True).start()
flood(1)
`;
    const startedAtMs = performance.now();
    const run = suite.run(python(code, { limits: { runTimeoutMs: 2000 } }));
    expect(await growthDuring(run)).toBeLessThan(GROWTH_BYTES);
    expect((await run).status).toBe('timeout');
    expect(performance.now() - startedAtMs).toBeLessThan(9000);
  });

  test.each([
    ['reads none of it', 'import time\ntime.sleep(2)\nprint("had enough")\n'],
    [
      'reads all of it',
      'import sys, time\nend = time.monotonic() + 2\nwhile time.monotonic() < end:\n    sys.stdin.buffer.read(65536)\nprint("had enough")\n',
    ],
  ])('input without an end, for a program that %s, is held back', async (_, code) => {
    const execution = suite.docker.start(python(code, { stdin: { kind: 'stream' } }));
    const block = Buffer.alloc(MEBIBYTE, 'x');
    const over = new AbortController();
    const feeding = (async () => {
      while (!over.signal.aborted) await execution.write(block);
    })().catch(() => undefined);
    const result = execution.result.finally(() => over.abort());
    expect(await growthDuring(result)).toBeLessThan(GROWTH_BYTES);
    expect([(await result).status, outputOf(await result)]).toEqual(['ok', 'had enough\n']);
    await feeding;
  });

  test('a consumer that stands still does not keep a flood from its deadline', async () => {
    const code = 'import os\nwhile True:\n    os.write(1, b"x" * 65536)\n';
    const execution = suite.docker.start(python(code, { limits: { runTimeoutMs: 2000 } }));
    const iterator = execution[Symbol.asyncIterator]();
    await iterator.next();
    const startedAtMs = performance.now();
    expect(await growthDuring(execution.result)).toBeLessThan(GROWTH_BYTES);
    expect((await execution.result).status).toBe('timeout');
    expect(performance.now() - startedAtMs).toBeLessThan(9000);
    await iterator.return?.();
  });
});
