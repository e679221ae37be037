import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_DOCKER_OPTIONS } from '@cloche/executor-docker';
import { findTestEngine } from '../support/test-engine.ts';
import type { DockerUnderTest } from './support/docker-under-test.ts';
import { openDocker, python } from './support/docker-under-test.ts';
import { EngineProxy } from './support/engine-proxy.ts';
import { containersOf } from './support/engine-objects.ts';
import { durationOf, failureOf } from './support/failure-of.ts';
import { untilOutput } from './support/until-output.ts';

const { pool } = DEFAULT_DOCKER_OPTIONS;
const SLEEPER = 'import time\nprint("up", flush=True)\ntime.sleep(600)\n';
const BOUND_MS = 15_000;

beforeEach(async (context) => {
  const engine = await findTestEngine();
  context.skip(!engine.available, engine.available ? '' : engine.reason);
});

async function expectWorking(docker: DockerUnderTest): Promise<void> {
  expect(await docker.print(python('print(6 * 7)'))).toBe('42\n');
  await expect.poll(() => containersOf(docker.owner), { timeout: BOUND_MS }).toEqual([]);
}

describe('a connection to the engine that is cut', () => {
  test('in the middle of a run is an error at once, and the next run works', async () => {
    await using proxy = await EngineProxy.open();
    await using docker = await openDocker({ host: proxy.address });
    const execution = docker.start(python(SLEEPER));
    await untilOutput(execution);
    await proxy.cut();
    const failing = failureOf(execution.result);
    expect(await durationOf(failing)).toBeLessThan(BOUND_MS);
    expect((await failing).code).toBe('ERR_EXECUTOR_FAILED');
    expect((await failureOf(docker.run(python('print(1)')))).code).toBe('ERR_EXECUTOR_UNAVAILABLE');
    await proxy.listen();
    await expectWorking(docker);
  });

  test.each([
    ['made', /^POST \S*\/containers\/create/u],
    ['attached to', /^POST \S*\/containers\/\w+\/attach/u],
    ['started', /^POST \S*\/containers\/\w+\/start/u],
  ])('while a container is %s fails before the program, and leaves nothing', async (_, request) => {
    await using proxy = await EngineProxy.open();
    await using docker = await openDocker({ host: proxy.address });
    await expectWorking(docker);
    proxy.cutOnce(request);
    expect((await failureOf(docker.run(python('print(1)')))).code).toBe('ERR_EXECUTOR_UNAVAILABLE');
    await expectWorking(docker);
  });

  test('while containers wait costs the next run nothing but the wait', async () => {
    await using proxy = await EngineProxy.open();
    await using docker = await openDocker({ host: proxy.address, pool });
    await docker.print(python('print(1)'));
    await expect.poll(async () => (await containersOf(docker.owner)).length).toBeGreaterThan(0);
    await proxy.cut();
    await proxy.listen();
    expect(await docker.print(python('print(6 * 7)'))).toBe('42\n');
  });
});

describe('an engine that accepts and does not answer', () => {
  test('is told from one that is there, in time', async () => {
    await using proxy = await EngineProxy.open();
    proxy.stall();
    await using docker = await openDocker({ host: proxy.address });
    const failing = failureOf(docker.run(python('print(1)')));
    expect(await durationOf(failing)).toBeLessThan(BOUND_MS);
    expect((await failing).code).toBe('ERR_EXECUTOR_UNAVAILABLE');
    proxy.resume();
    await expectWorking(docker);
  });

  test('and was there before: a run fails in time, and works when it answers again', async () => {
    await using proxy = await EngineProxy.open();
    await using docker = await openDocker({ host: proxy.address });
    await expectWorking(docker);
    proxy.stall();
    const failing = failureOf(docker.run(python('print(1)')));
    expect(await durationOf(failing)).toBeLessThan(BOUND_MS);
    expect((await failing).code).toBe('ERR_EXECUTOR_UNAVAILABLE');
    proxy.resume();
    await expectWorking(docker);
  });

  test('in the middle of a run: past the deadline the run fails, since nobody knows its end', async () => {
    await using proxy = await EngineProxy.open();
    await using docker = await openDocker({ host: proxy.address });
    await expectWorking(docker);
    const execution = docker.start(python(SLEEPER, { limits: { runTimeoutMs: 1000 } }));
    await untilOutput(execution);
    proxy.stall();
    const failing = failureOf(execution.result);
    expect(await durationOf(failing)).toBeLessThan(1000 + BOUND_MS);
    expect((await failing).code).toBe('ERR_EXECUTOR_FAILED');
    proxy.resume();
    await expectWorking(docker);
  });

  test('does not hold up a run that is cancelled', async () => {
    await using proxy = await EngineProxy.open();
    await using docker = await openDocker({ host: proxy.address });
    const abort = new AbortController();
    const execution = docker.start(python(SLEEPER), abort.signal);
    await untilOutput(execution);
    proxy.stall();
    abort.abort();
    expect(await durationOf(execution.result)).toBeLessThan(BOUND_MS);
    expect((await execution.result).status).toBe('cancelled');
    proxy.resume();
    await expectWorking(docker);
  });

  test('does not hold up the end of the executor, with a run under way and containers that wait', async () => {
    await using proxy = await EngineProxy.open();
    const docker = await openDocker({ host: proxy.address, pool });
    await docker.print(python('print(1)'));
    const execution = docker.start(python(SLEEPER));
    await untilOutput(execution);
    await expect.poll(async () => (await containersOf(docker.owner)).length).toBe(2);
    // The second has to be under way too: what is only made by then is for the next executor to remove.
    await sleep(1000);
    proxy.stall();
    expect(await durationOf(Promise.resolve(docker[Symbol.asyncDispose]()))).toBeLessThan(2 * BOUND_MS);
    expect((await execution.result).status).toBe('cancelled');
    proxy.resume();
    await expect.poll(() => containersOf(docker.owner), { timeout: BOUND_MS }).toEqual([]);
  });
});

test('something that is no engine is called that, also where an engine was before', async () => {
  await using proxy = await EngineProxy.open();
  await using docker = await openDocker({ host: proxy.address });
  proxy.talkGarbage();
  for (const _ of ['never connected', 'connected before']) {
    const failing = failureOf(docker.run(python('print(1)')));
    expect(await durationOf(failing)).toBeLessThan(BOUND_MS);
    expect((await failing).code).toBe('ERR_EXECUTOR_UNAVAILABLE');
    proxy.resume();
    await expectWorking(docker);
    proxy.talkGarbage();
  }
  proxy.resume();
});
