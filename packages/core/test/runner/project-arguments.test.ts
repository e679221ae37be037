import { describe, expect, test } from 'vitest';
import type { ConfigSourceKind } from '../../src/config/config.ts';
import type { RunnerConfig } from '../../src/runner/runner-config.ts';
import { resultOf, scriptedExecutor } from './scripted-executor.ts';
import { PROGRAM, testRunner } from './test-runner.ts';

const HOSTILE = '-Xpresite=hostile';

function argumentsFrom(kind: ConfigSourceKind): Partial<RunnerConfig> {
  const source = { kind, name: '/repository/cloche.toml:2' };
  return { languages: { python: { compileArguments: [HOSTILE], source } } };
}

describe("compile arguments of a project's file", () => {
  test('are refused where nothing isolates, with the place and both ways out', async () => {
    const local = scriptedExecutor({ name: 'local', capabilities: { isolation: 'none' } });
    const { runner } = testRunner([local], { config: argumentsFrom('project') });
    await expect(runner.execute(PROGRAM, { executor: 'local' }).result).rejects.toMatchObject({
      code: 'ERR_CAPABILITY_UNSUPPORTED',
      message: expect.stringMatching(
        /\/repository\/cloche\.toml:2 sets languages\.python\.compileArguments.*local.*none/u,
      ),
      hint: expect.stringMatching(/your own config\.toml.*sandbox/u),
    });
    expect(local.plans).toEqual([]);
  });

  test('stay allowed in a sandbox, however weak', async () => {
    const local = scriptedExecutor({ name: 'local', capabilities: { isolation: 'process' } });
    const { runner } = testRunner([local], { config: argumentsFrom('project') });
    await runner.execute(PROGRAM, { executor: 'local' }).result;
    expect(local.plans[0]?.runArgv).toContain(HOSTILE);
  });

  test('make auto pass over what does not isolate', async () => {
    const local = scriptedExecutor({ name: 'local', capabilities: { isolation: 'none' } });
    const docker = scriptedExecutor({ name: 'docker' });
    const { runner } = testRunner([local, docker], { config: argumentsFrom('project') });
    expect((await runner.execute(PROGRAM).result).executor.passedOver).toMatchObject([
      { name: 'local', code: 'ERR_CAPABILITY_UNSUPPORTED' },
    ]);
    expect([local.plans.length, docker.plans.length]).toEqual([0, 1]);
  });

  test('concern their own language alone', async () => {
    const local = scriptedExecutor({ name: 'local', capabilities: { isolation: 'none' } });
    const { runner } = testRunner([local], { config: argumentsFrom('project') });
    const bash = await runner.execute({ language: 'bash', code: 'true' }, { executor: 'local' }).result;
    expect(bash.status).toBe('ok');
  });

  test('that ran without the isolation that was promised are a failure', async () => {
    const local = scriptedExecutor({
      name: 'local',
      capabilities: { isolation: 'process' },
      body: async (plan) =>
        resultOf(plan, { executor: { name: 'local', isolation: 'none', passedOver: [] } }),
    });
    const { runner } = testRunner([local], { config: argumentsFrom('project') });
    await expect(runner.execute(PROGRAM, { executor: 'local' }).result).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_FAILED',
    });
  });
});

test.each<ConfigSourceKind>(['user', 'environment', 'flag'])(
  'compile arguments of the layer %s are trusted everywhere',
  async (kind) => {
    const local = scriptedExecutor({ name: 'local', capabilities: { isolation: 'none' } });
    const { runner } = testRunner([local], { config: argumentsFrom(kind) });
    await runner.execute(PROGRAM, { executor: 'local' }).result;
    expect(local.plans[0]?.runArgv).toContain(HOSTILE);
  },
);
