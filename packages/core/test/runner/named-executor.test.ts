import { describe, expect, test } from 'vitest';
import { failure } from './failure.ts';
import { everyLimit, resultOf, runsUntilAborted, scriptedExecutor } from './scripted-executor.ts';
import { collect, PROGRAM, testRunner } from './test-runner.ts';

describe('an executor that is named', () => {
  test('is used, whatever else there is', async () => {
    const docker = scriptedExecutor({ name: 'docker' });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local]);
    await runner.execute(PROGRAM, { executor: 'local' }).result;
    expect([docker.plans.length, docker.probeCount, local.plans.length]).toEqual([0, 0, 1]);
  });

  test('may be named in the configuration, and the run has the last word', async () => {
    const docker = scriptedExecutor({ name: 'docker' });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([docker, local], { config: { executor: 'local' } });
    await runner.execute(PROGRAM).result;
    await runner.execute(PROGRAM, { executor: 'docker' }).result;
    expect([docker.plans.length, local.plans.length]).toEqual([1, 1]);
  });

  test('never degrades: unavailable, unknown or unfit is an error', async () => {
    const docker = scriptedExecutor({
      name: 'docker',
      capabilities: () => Promise.reject(failure('ERR_EXECUTOR_UNAVAILABLE', 'The engine is off.')),
    });
    const local = scriptedExecutor({ name: 'local', limits: 'best-effort' });
    const { runner } = testRunner([docker, local]);
    const on = (executor: string, change: object = {}) =>
      runner.execute({ ...PROGRAM, ...change }, { executor }).result;
    await expect(on('docker')).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      message: 'The engine is off.',
    });
    await expect(on('daytona')).rejects.toMatchObject({ code: 'ERR_EXECUTOR_NOT_FOUND' });
    await expect(on('local', { limits: { memoryBytes: 2 ** 28 } })).rejects.toMatchObject({
      code: 'ERR_CAPABILITY_UNSUPPORTED',
      message: expect.stringMatching(/memoryBytes.*--memory/u),
      hint: expect.stringContaining('Leave --memory out'),
    });
    expect(local.plans).toEqual([]);
  });

  test('refuses a language with its own hint and with what it does run', async () => {
    const local = scriptedExecutor({
      name: 'local',
      languages: ['bash', 'cpp'],
    });
    const { runner } = testRunner([local]);
    await expect(runner.execute(PROGRAM, { executor: 'local' }).result).rejects.toMatchObject({
      code: 'ERR_LANGUAGE_UNSUPPORTED',
      message: expect.stringMatching(/Python.*Bash, C\+\+/u),
    });
  });

  test('has a run in a language that it does not know without one, and refuses that itself', async () => {
    const cloud = scriptedExecutor({ name: 'cloud', capabilities: { languages: {} } });
    const { runner } = testRunner([cloud]);
    await runner.execute(PROGRAM, { executor: 'cloud' }).result;
    expect(cloud.plans).toHaveLength(1);
  });

  test('is not made to spend anything for the list in a refusal', async () => {
    const cloud = scriptedExecutor({ name: 'cloud', languages: ['bash'] });
    const { runner } = testRunner([cloud]);
    await expect(runner.execute(PROGRAM, { executor: 'cloud' }).result).rejects.toMatchObject({
      code: 'ERR_LANGUAGE_UNSUPPORTED',
    });
    // The run's own question may cost something, the further one for the list may not.
    expect(cloud.queries).toEqual([{ languages: ['python'] }, { mayCost: false }]);
  });

  test('is held to isolation.minimum, the stronger of configuration and run', async () => {
    const local = scriptedExecutor({ name: 'local', capabilities: { isolation: 'process' } });
    const strict = testRunner([local], { config: { isolation: { minimum: 'container' } } }).runner;
    const refused = {
      code: 'ERR_CAPABILITY_UNSUPPORTED',
      message: expect.stringMatching(/process.*container/u),
    };
    await expect(strict.execute(PROGRAM, { executor: 'local' }).result).rejects.toMatchObject(refused);
    await expect(
      strict.execute(PROGRAM, { executor: 'local', minimumIsolation: 'none' }).result,
    ).rejects.toMatchObject(refused);
    const lenient = testRunner([local]).runner;
    await expect(
      lenient.execute(PROGRAM, { executor: 'local', minimumIsolation: 'container' }).result,
    ).rejects.toMatchObject(refused);
    await lenient.execute(PROGRAM, { executor: 'local', minimumIsolation: 'process' }).result;
  });

  test('that runs a program with less isolation than it promised has failed', async () => {
    const docker = scriptedExecutor({
      name: 'docker',
      body: async (plan) =>
        resultOf(plan, { executor: { name: 'docker', isolation: 'none', passedOver: [] } }),
    });
    const { runner } = testRunner([docker]);
    const execution = runner.execute(PROGRAM, { executor: 'docker', minimumIsolation: 'container' });
    await expect(execution.result).rejects.toMatchObject({ code: 'ERR_EXECUTOR_FAILED' });
  });

  test('that did not enforce a limit which it promised is told so in a warning', async () => {
    const nothing = { support: 'best-effort', value: null, mechanism: null } as const;
    const docker = scriptedExecutor({
      name: 'docker',
      body: async (plan) => resultOf(plan, { enforcement: everyLimit(nothing) }),
    });
    const { runner } = testRunner([docker]);
    const { warnings } = await runner.execute(
      { ...PROGRAM, limits: { memoryBytes: 2 ** 28 } },
      { executor: 'docker' },
    ).result;
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.en).toContain('--memory');
  });

  test('is asked whatever the limit, where core or shared code holds it', async () => {
    const local = scriptedExecutor({ name: 'local', limits: 'unsupported' });
    const { runner } = testRunner([local]);
    const limits = { artifactBytes: 5, artifactCount: 5, inputBytes: 500, inputCount: 5 };
    expect((await runner.execute({ ...PROGRAM, limits }, { executor: 'local' }).result).status).toBe('ok');
  });

  test('gives no files back where it cannot and nobody asked for them', async () => {
    const local = scriptedExecutor({ name: 'local', capabilities: { artifacts: false } });
    const { runner } = testRunner([local]);
    await runner.execute(PROGRAM, { executor: 'local' }).result;
    expect(local.plans[0]?.collectArtifacts).toBe(false);
  });

  test('gets the defaults of the configuration as defaults', async () => {
    const local = scriptedExecutor({
      name: 'local',
      limits: 'unsupported',
      capabilities: { networks: ['none'] },
    });
    const limits = { ...(await import('../../src/executor/index.ts')).DEFAULT_LIMITS, memoryBytes: 2 ** 27 };
    const { runner } = testRunner([local], {
      config: {
        executor: 'local',
        network: 'full',
        limits,
        languages: { python: { compileArguments: ['-O'] } },
      },
    });
    await runner.execute({ ...PROGRAM, compileArguments: ['-u'] }).result;
    expect(local.plans[0]).toMatchObject({
      limits: { memoryBytes: 2 ** 27 },
      requiredLimits: [],
      network: 'full',
      isNetworkRequired: false,
      runArgv: ['python3', '-O', '-u', 'main.py'],
    });
  });

  test('is told of an abort, and its result is the result', async () => {
    const local = scriptedExecutor({ name: 'local', body: runsUntilAborted });
    const { runner } = testRunner([local]);
    const abort = new AbortController();
    const execution = runner.execute(PROGRAM, { executor: 'local', signal: abort.signal });
    const events = collect(execution);
    setTimeout(() => abort.abort(), 20);
    expect(await execution.result).toMatchObject({ status: 'cancelled', stoppedIn: 'run' });
    expect((await events).at(-1)?.type).toBe('result');
  });
});
