import { readdir } from 'node:fs/promises';
import { createExecutorHost, createRunner } from '@cloche/core';
import type { Runner } from '@cloche/core';
import { EMPTY_OUTPUT, outputText } from '@cloche/core/executor';
import { createFakePlugin } from '@cloche/executor-testkit/fake';
import { describe, expect, test } from 'vitest';
import { cliEnvironment } from './support/cli-process.ts';
import { temporaryDirectoryOfTest } from './support/temporary-directory.ts';

/** A preferred executor that is away, then the real local one, then a fake that runs real programs as well. */
function openRunner(): { readonly runner: Runner; readonly directory: string } {
  const directory = temporaryDirectoryOfTest();
  const away = createFakePlugin({ name: 'away', available: false });
  const runner = createRunner({
    executors: {
      away: () => Promise.resolve(away),
      local: () => import('@cloche/executor-local'),
      fake: () => Promise.resolve(createFakePlugin()),
    },
    config: { auto: { order: ['away', 'local', 'fake'] } },
    host: createExecutorHost({ environment: cliEnvironment(directory) }),
  });
  return { runner, directory };
}

describe.each(['auto', 'local', 'fake'])('a runner with real executors, on %s', (executor) => {
  test('runs a program and says where', async () => {
    await using runner = openRunner().runner;
    const result = await runner.execute({ language: 'python', code: 'print(6 * 7)' }, { executor }).result;
    expect(result.status).toBe('ok');
    expect(outputText(result.run?.stdout ?? EMPTY_OUTPUT)).toBe('42\n');
    expect(result.executor.name).toBe(executor === 'auto' ? 'local' : executor);
    expect(result.executor.passedOver.map(({ name }) => name)).toEqual(executor === 'auto' ? ['away'] : []);
  });

  test('talks with a program while it runs', async () => {
    await using runner = openRunner().runner;
    const code = 'import sys\nfor line in sys.stdin:\n    sys.stdout.write(line.upper())';
    const execution = runner.execute({ language: 'python', code, stdin: { kind: 'stream' } }, { executor });
    const lines = ['one', 'two', 'three'];
    let seen = '';
    await Promise.all([
      execution.write(Buffer.from(`${lines[0]}\n`)),
      (async () => {
        for await (const event of execution) {
          if (event.type !== 'stdout') continue;
          seen += Buffer.from(event.data).toString();
          const answered = seen.split('\n').length - 1;
          const next = lines[answered];
          if (next === undefined) execution.closeStdin();
          else await execution.write(Buffer.from(`${next}\n`));
        }
      })(),
    ]);
    expect(seen).toBe('ONE\nTWO\nTHREE\n');
    expect((await execution.result).status).toBe('ok');
  });

  test('ends a program at the abort and keeps what it wrote', async () => {
    await using runner = openRunner().runner;
    const abort = new AbortController();
    const code = 'import sys, time\nsys.stdout.write("begun\\n")\ntime.sleep(600)';
    const execution = runner.execute({ language: 'python', code }, { executor, signal: abort.signal });
    for await (const event of execution) if (event.type === 'stdout') abort.abort();
    const result = await execution.result;
    expect(result).toMatchObject({ status: 'cancelled', stoppedIn: 'run' });
    expect(outputText(result.run?.stdout ?? EMPTY_OUTPUT)).toBe('begun\n');
  });
});

test('disposing a runner ends what it runs, and leaves nothing of it', async () => {
  const { runner, directory } = openRunner();
  const execution = runner.execute({ language: 'python', code: 'import time; time.sleep(600)' });
  const traces = async (): Promise<string[]> =>
    (await readdir(directory, { recursive: true })).filter((name) => name.includes(execution.id));
  for await (const event of execution) if (event.type === 'stage' && event.stage === 'run') break;
  expect(await traces()).not.toEqual([]);
  await runner[Symbol.asyncDispose]();
  expect((await execution.result).status).toBe('cancelled');
  expect(await traces()).toEqual([]);
});
