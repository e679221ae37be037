import { rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { createExecutorHost, createRunner } from '@cloche/core';
import type { Runner, RunOptions } from '@cloche/core';
import type { ExecutionResult } from '@cloche/core/executor';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CliResult } from './support/cli-process.ts';
import { cliEnvironment, runCli } from './support/cli-process.ts';
import { temporaryDirectory, temporaryDirectoryOfTest } from './support/temporary-directory.ts';
import { ENGINE_ENVIRONMENT, engineProblem, TEST_IMAGE } from './support/test-engine.ts';

const directory = temporaryDirectory();
const problem = await engineProblem();
const ENGINE_SOCKET = (ENGINE_ENVIRONMENT['CLOCHE_DOCKER_HOST'] ?? '').slice('unix://'.length);
const PROGRAM = 'print(6 * 7)\n';
/** Longer than an executor that was found unavailable is left in peace. */
const LATER_MS = 31_000;

beforeEach((context) => {
  context.skip(problem !== null, problem ?? '');
});

describe('cloche run, by itself', () => {
  const absent = `unix://${directory}/absent.sock`;

  function run(words: readonly string[], environment: Record<string, string>): Promise<CliResult> {
    return runCli(['run', '-', '--language', 'python', ...words], {
      directory,
      stdin: PROGRAM,
      environment: { CLOCHE_EXECUTOR: 'auto', CLOCHE_DOCKER_IMAGE: TEST_IMAGE, ...environment },
    });
  }

  test('uses Docker where it is healthy, and has nothing to say about it', async () => {
    const { exitCode, stdout, stderr } = await run(['--json'], ENGINE_ENVIRONMENT);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'ok',
      executor: { name: 'docker', isolation: 'container', passedOver: [] },
    });
  });

  test('runs on this machine where no engine answers, and says so once, with why and what to do', async () => {
    const { exitCode, stdout, stderr } = await run([], { DOCKER_HOST: absent });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '42\n' });
    expect(stderr.match(/auto ran this on local/gu)).toHaveLength(1);
    expect(stderr).toMatch(
      /^cloche: .*auto ran this on local \(isolation: \w+\) instead of docker\. docker: .*absent\.sock/mu,
    );
    expect(stderr).toContain('cloche doctor');
    const chinese = await run([], { DOCKER_HOST: absent, CLOCHE_LANG: 'zh' });
    expect(chinese.stderr).toMatch(
      /auto 改用 local 运行（隔离级别：\w+），而不是 docker。docker: .*absent\.sock/u,
    );
  });

  test('tells every result of it', async () => {
    const { stdout } = await run(['--json'], { DOCKER_HOST: absent });
    expect(JSON.parse(stdout)).toMatchObject({
      executor: { name: 'local', passedOver: [{ name: 'docker', code: 'ERR_EXECUTOR_UNAVAILABLE' }] },
    });
  });

  test('with --executor docker it does not run elsewhere', async () => {
    const { exitCode, stdout, stderr } = await run(['--executor', 'docker'], { DOCKER_HOST: absent });
    expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: '' });
    expect(stderr).toContain('absent.sock');
    expect(stderr).toContain('hint: ');
  });

  test('refuses where less than a container is not enough', async () => {
    const { exitCode, stdout, stderr } = await run([], {
      DOCKER_HOST: absent,
      CLOCHE_ISOLATION_MINIMUM: 'container',
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: '' });
    expect(stderr).toMatch(/docker: .*absent\.sock/u);
    expect(stderr).toMatch(/local .*isolation\.minimum asks for at least container/u);
  });
});

describe('a program that goes on running', () => {
  interface Engine {
    readonly runner: Runner;
    readonly run: (options?: RunOptions) => Promise<ExecutionResult>;
    readonly bring: () => Promise<void>;
    readonly take: () => Promise<void>;
  }

  /** Its engine is where a link leads, so that it can come and go without harm to others. */
  function openWithEngine(): Engine {
    const own = temporaryDirectoryOfTest();
    const socket = path.join(own, 'engine.sock');
    const runner = createRunner({
      executors: {
        docker: () => import('@cloche/executor-docker'),
        local: () => import('@cloche/executor-local'),
      },
      config: { executorOptions: { docker: { host: `unix://${socket}`, image: TEST_IMAGE, poolSize: 0 } } },
      host: createExecutorHost({ environment: cliEnvironment(own) }),
    });
    onTestFinished(() => runner[Symbol.asyncDispose]());
    return {
      runner,
      run: (options) => runner.execute({ language: 'python', code: PROGRAM }, options).result,
      bring: () => symlink(ENGINE_SOCKET, socket),
      take: () => rm(socket),
    };
  }

  /** From here on it is later than it was. */
  function letTimePass(): void {
    const now = performance.now.bind(performance);
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + LATER_MS);
    onTestFinished(() => clock.mockRestore());
  }

  test('uses Docker as soon as it is there, without a restart', async () => {
    const { run, bring } = openWithEngine();
    expect((await run()).executor).toMatchObject({ name: 'local', passedOver: [{ name: 'docker' }] });
    await bring();
    // Asked a moment ago: the run does not wait for another answer.
    expect((await run()).executor.name).toBe('local');
    letTimePass();
    await expect.poll(async () => (await run()).executor.name, { timeout: 20_000 }).toBe('docker');
    expect((await run()).executor.passedOver).toEqual([]);
  });

  test('loses Docker and has it back', async () => {
    const { run, bring, take } = openWithEngine();
    await bring();
    expect((await run()).executor).toMatchObject({ name: 'docker', passedOver: [] });
    await take();
    const degraded = await run();
    expect(degraded).toMatchObject({
      status: 'ok',
      executor: { name: 'local', passedOver: [{ name: 'docker', code: 'ERR_EXECUTOR_UNAVAILABLE' }] },
    });
    await expect(run({ executor: 'docker' })).rejects.toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE' });
    await expect(run({ minimumIsolation: 'container' })).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
    });
    await bring();
    expect((await run({ executor: 'docker' })).executor.name).toBe('docker');
    letTimePass();
    await expect.poll(async () => (await run()).executor.name, { timeout: 20_000 }).toBe('docker');
  });
});
