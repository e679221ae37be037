import { createPlan, outputText } from '@cloche/core/executor';
import type { ClocheError, Execution, ExecutionPlan } from '@cloche/core/executor';
import { describe, expect } from 'vitest';
import { namesLeft } from './support/daytona-fixture.ts';
import { daytonaTest } from './support/daytona-test.ts';

const { signal } = new AbortController();

function countLines(): ExecutionPlan {
  return createPlan({ language: 'bash', code: 'wc -l', stdin: { kind: 'stream' } });
}

async function writeLines(execution: Execution, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await execution.write(Buffer.from(`line ${index}\n`));
  execution.closeStdin();
}

describe('stdin that streams', () => {
  daytonaTest('takes many small writes in few requests', async ({ server, executor }) => {
    const execution = executor().execute(countLines(), { signal });
    await writeLines(execution, 300);
    const { run } = await execution.result;
    expect(outputText(run?.stdout ?? expect.fail('it did not run')).trim()).toBe('300');
    expect(server.requests.filter(({ operation }) => operation === 'uploadFiles').length).toBeLessThan(100);
  });

  daytonaTest(
    'loses nothing where an upload fails once, or its answer is lost',
    async ({ server, executor }) => {
      server.inject({ operation: 'uploadFiles', answer: { status: 500 } });
      server.inject({ operation: 'uploadFiles', skip: 1, isCarriedOut: true, answer: 'closed' });
      const execution = executor().execute(countLines(), { signal });
      await writeLines(execution, 50);
      const { run } = await execution.result;
      expect(outputText(run?.stdout ?? expect.fail('it did not run')).trim()).toBe('50');
    },
  );

  daytonaTest('that cannot be sent ends the run in an error, at once', async ({ server, executor }) => {
    server.inject({ operation: 'uploadFiles', times: Infinity, answer: { status: 500 } });
    const startedAtMs = performance.now();
    const execution = executor().execute(countLines(), { signal });
    void writeLines(execution, 1).catch(() => undefined);
    const error = await execution.result.catch((failure: unknown) => failure as ClocheError);
    expect(error).toMatchObject({ code: 'ERR_EXECUTOR_FAILED' });
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    expect(await namesLeft(server)).toEqual([]);
  });
});
