import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_DOCKER_OPTIONS } from '@cloche/executor-docker';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PrivateEngine } from '../support/private-engine.ts';
import { findPrivateEngineProblem, startPrivateEngine } from '../support/private-engine.ts';
import { BUSYBOX_IMAGE, findTestEngine } from '../support/test-engine.ts';
import { COMPILER_IMAGE, makeCompilerImage } from './support/compiler-image.ts';
import type { DockerUnderTest } from './support/docker-under-test.ts';
import { openDocker, python } from './support/docker-under-test.ts';
import { containersOf } from './support/engine-objects.ts';
import { durationOf, failureOf } from './support/failure-of.ts';
import { untilOutput } from './support/until-output.ts';

const { pool } = DEFAULT_DOCKER_OPTIONS;
const SLEEPER = 'import time\nprint("up", flush=True)\ntime.sleep(600)\n';
/** After the engine is gone. */
const BOUND_MS = 8000;

const sharedEngine = await findTestEngine();
const problem = sharedEngine.available ? await findPrivateEngineProblem() : sharedEngine.reason;
let engine: PrivateEngine | null = null;

function privateEngine(): PrivateEngine {
  if (engine === null) throw new Error('there is no engine');
  return engine;
}

function open(): Promise<DockerUnderTest> {
  const images = { python: BUSYBOX_IMAGE, c: COMPILER_IMAGE };
  return openDocker({ host: privateEngine().address, images, pool });
}

async function expectWorkingAgain(docker: DockerUnderTest): Promise<void> {
  const failure = await failureOf(docker.run(python('print(1)')));
  expect(failure.code).toBe('ERR_EXECUTOR_UNAVAILABLE');
  await privateEngine().start();
  expect(await docker.print(python('print(6 * 7)'))).toBe('42\n');
}

beforeAll(async () => {
  if (problem !== null) return;
  engine = await startPrivateEngine();
  await makeCompilerImage(engine.address);
});
beforeEach(async (context) => {
  context.skip(problem !== null, problem ?? '');
  await privateEngine().start();
});
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
});

describe.each(['stop', 'kill'] as const)('an engine that ends by %s', (end) => {
  test.each([
    ['a run', python(SLEEPER)],
    ['a compile', { language: 'c', code: 'int main(void) { return 0; }' } as const],
  ])('in the middle of %s', async (_, request) => {
    await using docker = await open();
    const execution = docker.start(request);
    await untilOutput(execution);
    const failing = failureOf(execution.result);
    await privateEngine()[end]();
    expect(await durationOf(failing)).toBeLessThan(BOUND_MS);
    const failure = await failing;
    expect(failure).toMatchObject({ code: 'ERR_EXECUTOR_FAILED', retryable: true });
    await expectWorkingAgain(docker);
  });

  test('between two runs, while containers wait', async () => {
    await using docker = await open();
    await Promise.all([1, 2].map(() => docker.print(python('print(1)'))));
    const address = privateEngine().address;
    await expect
      .poll(async () => (await containersOf(docker.owner, address)).length, { timeout: 8000 })
      .toBe(2);
    await privateEngine()[end]();
    expect(await durationOf(docker.run(python('print(1)')))).toBeLessThan(BOUND_MS);
    await expectWorkingAgain(docker);
  });

  test('does not hold up the end of the executor', async () => {
    const docker = await open();
    await docker.print(python('print(1)'));
    const execution = docker.start(python(SLEEPER));
    await untilOutput(execution);
    await privateEngine()[end]();
    expect(await durationOf(Promise.resolve(docker[Symbol.asyncDispose]()))).toBeLessThan(BOUND_MS);
  });
});

describe('an engine that stands still', () => {
  test('for a moment, in the middle of a run, only delays it', async () => {
    await using docker = await open();
    const execution = docker.start(
      python('import time\nprint("up", flush=True)\ntime.sleep(1)\nprint("down")'),
    );
    await untilOutput(execution);
    privateEngine().pause();
    await sleep(2000);
    privateEngine().resume();
    expect((await execution.result).status).toBe('ok');
  });

  test('holds up neither a run nor the end of the executor for long', async () => {
    const docker = await open();
    await docker.print(python('print(1)'));
    privateEngine().pause();
    const failing = failureOf(docker.run(python('print(1)', { limits: { runTimeoutMs: 1000 } })));
    // One container after another that does not answer: the one that waited, then a new one.
    expect(await durationOf(failing)).toBeLessThan(3 * BOUND_MS);
    expect(['ERR_EXECUTOR_FAILED', 'ERR_EXECUTOR_UNAVAILABLE']).toContain((await failing).code);
    expect(await durationOf(Promise.resolve(docker[Symbol.asyncDispose]()))).toBeLessThan(2 * BOUND_MS);
    privateEngine().resume();
  });
});
