import { randomUUID } from 'node:crypto';
import type { ExecutionRequest, ExecutionResult, PhaseResult } from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DockerUnderTest } from './faults/support/docker-under-test.ts';
import { openDocker } from './faults/support/docker-under-test.ts';
import { findTestEngine } from './support/test-engine.ts';

function warning(times: number, outputBytes: number): ExecutionRequest {
  const code = `#warning once more\n`.repeat(times);
  return {
    language: 'c',
    // No other run has compiled it.
    code: `/* ${randomUUID()} */\n${code}int main(void) { return 0; }\n`,
    limits: { outputBytes },
  };
}

function compileOf({ compile }: ExecutionResult): PhaseResult {
  if (compile === null) throw new Error('nothing was compiled');
  return compile;
}

describe('a program that was compiled before', () => {
  let docker: DockerUnderTest;

  beforeAll(async () => {
    docker = await openDocker();
  });
  beforeEach(async (context) => {
    const engine = await findTestEngine();
    context.skip(!engine.available, engine.available ? '' : engine.reason);
  });
  afterAll(() => docker[Symbol.asyncDispose]());

  async function compile(request: ExecutionRequest): Promise<PhaseResult> {
    return compileOf(await docker.run(request));
  }

  test('has the counts of what its compiler printed, also of what was cut away', async () => {
    const request = warning(200, 1000);
    const { stderr: first } = await compile(request);
    expect(first.byteCount).toBeGreaterThan(2000);
    expect(first.truncated).toBe(true);
    expect((await compile(request)).stderr).toEqual(first);
    const whole = await compile({ ...request, limits: { outputBytes: 1_000_000 } });
    expect(whole.stderr).toMatchObject({ byteCount: first.byteCount, truncated: false });
    expect((await compile(request)).stderr).toEqual(first);
  });

  test('has what its compiler printed, whatever a consumer did with that', async () => {
    const request = warning(1, 1_000_000);
    const { stderr: first } = await compile(request);
    for (let round = 0; round < 3; round += 1) {
      const execution = docker.start(request);
      const details: unknown[] = [];
      for await (const event of execution) {
        if (event.type === 'stage' && event.stage === 'compile' && event.state === 'started') {
          details.push(event.detail);
        }
        if (event.type === 'stderr') event.data.fill(0);
      }
      const again = compileOf(await execution.result);
      expect(details).toEqual(['compiled before']);
      expect(outputText(again.stderr)).toBe(outputText(first));
    }
  });
});
