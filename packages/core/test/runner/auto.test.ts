import { describe, expect, test } from 'vitest';
import type { ClocheError } from '../../src/executor/index.ts';
import { failure } from './failure.ts';
import { resultOf, scriptedExecutor, unavailable } from './scripted-executor.ts';
import { PROGRAM, testRunner } from './test-runner.ts';

describe('auto', () => {
  test('takes the first healthy executor and asks none after it', async () => {
    const docker = scriptedExecutor({ name: 'docker' });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    const result = await runner.execute(PROGRAM).result;
    expect(result.executor.passedOver).toEqual([]);
    expect([docker.plans.length, local.plans.length, local.probeCount, local.createdWith.length]).toEqual([
      1, 0, 0, 0,
    ]);
  });

  test('is judged for each plan: a language that one lacks goes to the next, others stay', async () => {
    const docker = scriptedExecutor({ name: 'docker', languages: ['python'] });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    const java = await runner.execute({ language: 'java', code: 'class A {}' }).result;
    expect(java.executor.passedOver).toMatchObject([{ name: 'docker', code: 'ERR_LANGUAGE_UNSUPPORTED' }]);
    expect((await runner.execute(PROGRAM).result).executor.passedOver).toEqual([]);
    expect([docker.plans.length, local.plans.length, docker.probeCount]).toEqual([1, 1, 1]);
  });

  test.each<[string, Parameters<typeof scriptedExecutor>[0], object]>([
    [
      'a required limit that is not enforced',
      { name: 'docker', limits: 'best-effort' },
      { limits: { memoryBytes: 2 ** 28 } },
    ],
    [
      'a network policy that is not offered',
      { name: 'docker', capabilities: { networks: ['none'] } },
      { network: 'full' },
    ],
    [
      'stdin that cannot stream',
      { name: 'docker', capabilities: { stdin: ['bytes'] } },
      { stdin: { kind: 'stream' } },
    ],
    [
      'artifacts that cannot come back',
      { name: 'docker', capabilities: { artifacts: false } },
      { collectArtifacts: true },
    ],
  ])('passes over an executor for %s', async (_, script, change) => {
    const docker = scriptedExecutor(script);
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    const execution = runner.execute({ ...PROGRAM, ...change });
    execution.closeStdin();
    expect((await execution.result).executor.passedOver).toMatchObject([
      { name: 'docker', code: 'ERR_CAPABILITY_UNSUPPORTED' },
    ]);
    expect([docker.plans.length, local.plans.length]).toEqual([0, 1]);
  });

  test('passes over what is isolated less than the minimum', async () => {
    const local = scriptedExecutor({ name: 'local', capabilities: { isolation: 'process' } });
    const docker = scriptedExecutor({ name: 'docker' });
    const { runner } = testRunner([local, docker], {
      config: { auto: { order: ['local', 'docker'] }, isolation: { minimum: 'container' } },
    });
    expect((await runner.execute(PROGRAM).result).executor.passedOver).toMatchObject([{ name: 'local' }]);
    expect([local.plans.length, docker.plans.length]).toEqual([0, 1]);
  });

  test("a program's failure is a result, of the executor that ran it", async () => {
    const docker = scriptedExecutor({
      name: 'docker',
      body: async (plan) => resultOf(plan, { status: 'runtime_error' }),
    });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    expect((await runner.execute(PROGRAM).result).status).toBe('runtime_error');
    expect(local.plans).toEqual([]);
  });

  test.each<[string, () => Parameters<typeof scriptedExecutor>[0]]>([
    [
      'while it runs',
      () => ({ name: 'docker', body: () => Promise.reject(failure('ERR_EXECUTOR_FAILED', 'broken')) }),
    ],
    [
      'while it is asked',
      () => ({
        name: 'docker',
        capabilities: () => Promise.reject(failure('ERR_EXECUTOR_FAILED', 'broken')),
      }),
    ],
    [
      'while it is probed',
      () => ({ name: 'docker', probe: () => Promise.reject(failure('ERR_EXECUTOR_FAILED', 'broken')) }),
    ],
  ])('an executor that fails %s is no reason to run elsewhere', async (_, script) => {
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([scriptedExecutor(script()), local]);
    await expect(runner.execute(PROGRAM).result).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_FAILED',
      message: 'broken',
    });
    expect(local.plans).toEqual([]);
  });

  test('invalid options of a preferred executor are an error, and not a reason to run elsewhere', async () => {
    const docker = scriptedExecutor({
      name: 'docker',
      optionsSchema: {
        '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'No.' }] }) },
      },
    });
    const { runner } = testRunner([docker, scriptedExecutor({ name: 'local' })], {
      configEntries: [{ key: 'docker', source: { name: '/etc/cloche.toml:3' } }],
    });
    await expect(runner.execute(PROGRAM).result).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('/etc/cloche.toml:3'),
    });
  });

  test('when nothing fits, every executor is named with its reason, and the hint is that of the nearest miss', async () => {
    const docker = scriptedExecutor({ name: 'docker', probe: async () => unavailable('the engine is off') });
    const local = scriptedExecutor({
      name: 'local',
      capabilities: {
        languages: {
          python: {
            available: false,
            code: 'ERR_LANGUAGE_UNSUPPORTED',
            reason: { en: 'python3 is not installed.', zh: '未安装 python3。' },
            hint: { en: 'apt-get install python3', zh: 'apt-get install python3' },
            fix: [],
          },
        },
      },
    });
    const { runner } = testRunner([docker, local], {
      config: { auto: { order: ['daytona', 'docker', 'local'] } },
    });
    const error: ClocheError = await runner.execute(PROGRAM).result.then(
      () => Promise.reject(new Error('It ran.')),
      (reason: ClocheError) => reason,
    );
    expect(error.code).toBe('ERR_EXECUTOR_UNAVAILABLE');
    for (const words of ['daytona: ', 'docker: the engine is off', 'local: ', 'python3 is not installed.']) {
      expect(error.message).toContain(words);
    }
    expect(error.hint).toBe('apt-get install python3');
    expect(error.localizedMessage('zh')).toContain('未安装 python3。');
  });
});
