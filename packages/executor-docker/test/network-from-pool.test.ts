import { createPlan, EMPTY_OUTPUT, outputText } from '@cloche/core/executor';
import type { ExecutionResult } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTestHost } from './create-test-host.ts';
import { findTestEngine } from './support/test-engine.ts';

test('a container that was taken while it was being prepared has its network filtered before the program starts', async (context) => {
  const engine = await findTestEngine();
  if (!engine.available) context.skip(engine.reason);
  const testHost = await createTestHost();
  const options = { ...DEFAULT_DOCKER_OPTIONS, image: engine.available ? engine.image : null };
  const executor = dockerExecutor.create(options, testHost.host);
  try {
    const rules: string[] = [];
    // In between the pool fills, so that each of these meets a container at another moment of its preparation.
    for (const pauseMs of [0, 60, 120, 180, 240, 300, 400]) {
      await sleep(pauseMs);
      const plan = createPlan({
        language: 'bash',
        code: 'ip rule show | grep -c unreachable\n',
        network: 'full',
      });
      const result = await executor.execute(plan, { signal: new AbortController().signal }).result;
      expect(result.warnings).toEqual([]);
      rules.push(outputOf(result));
    }
    expect(rules.filter((count) => Number(count) < 5)).toEqual([]);
  } finally {
    await executor[Symbol.asyncDispose]();
    await testHost.remove();
  }
});

function outputOf({ run }: ExecutionResult): string {
  return outputText(run?.stdout ?? EMPTY_OUTPUT).trim();
}
