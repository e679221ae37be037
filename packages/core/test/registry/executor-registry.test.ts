import { describe, expect, test } from 'vitest';
import { createExecutorHost } from '../../src/host/create-executor-host.ts';
import type { StandardSchema } from '../../src/executor/index.ts';
import { ExecutorRegistry } from '../../src/registry/executor-registry.ts';
import type { RegistryOptions } from '../../src/registry/executor-registry.ts';
import { scriptedExecutor } from '../runner/scripted-executor.ts';

function registry(options: Partial<RegistryOptions>): ExecutorRegistry {
  return new ExecutorRegistry({
    executors: {},
    resolve: () => Promise.resolve(null),
    addedNames: () => Promise.resolve([]),
    executorOptions: {},
    originOf: () => null,
    host: () => Promise.resolve(createExecutorHost({ environment: {} })),
    ...options,
  });
}

function moduleNotFound(): Error {
  return Object.assign(new Error("Cannot find package '@cloche/executor-docker'"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
}

describe('ExecutorRegistry', () => {
  test('loads a plugin once and creates its executor once, however many ask', async () => {
    const local = scriptedExecutor({ name: 'local' });
    let loadCount = 0;
    const executors = registry({
      executors: {
        local: async () => {
          loadCount += 1;
          return { default: local.plugin };
        },
      },
    });
    expect(loadCount).toBe(0);
    const [first, second] = await Promise.all([executors.executor('local'), executors.executor('local')]);
    expect(await executors.executor('local')).toBe(first);
    expect(second).toBe(first);
    expect([loadCount, local.createdWith.length]).toEqual([1, 1]);
  });

  test('takes a plugin as well as a module with a plugin for its default export', async () => {
    const { plugin } = scriptedExecutor({ name: 'local' });
    expect((await registry({ executors: { local: async () => plugin } }).executor('local')).name).toBe(
      'local',
    );
  });

  test('asks the plugin directory for other names only', async () => {
    const asked: string[] = [];
    const executors = registry({
      executors: { local: async () => scriptedExecutor({ name: 'local' }).plugin },
      addedNames: async () => ['remote', 'local'],
      resolve: async (name) => {
        asked.push(name);
        return name === 'remote' ? scriptedExecutor({ name: 'remote' }).plugin : null;
      },
    });
    await executors.executor('local');
    expect((await executors.executor('remote')).name).toBe('remote');
    expect(asked).toEqual(['remote']);
    expect(await executors.names()).toEqual(['local', 'remote']);
  });

  test('an unknown name is refused with the nearest one and the command that adds it', async () => {
    const executors = registry({
      executors: { local: async () => scriptedExecutor({ name: 'local' }).plugin },
    });
    await expect(executors.executor('locla')).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_NOT_FOUND',
      message: expect.stringContaining('"locla"'),
      hint: expect.stringMatching(/Did you mean local\?.*cloche executors add locla/u),
    });
    await expect(executors.executor('daytona')).rejects.toMatchObject({
      hint: 'Install it: cloche executors add daytona',
    });
    await expect(executors.executor('constructor')).rejects.toMatchObject({ code: 'ERR_EXECUTOR_NOT_FOUND' });
  });

  test('a plugin that is added later is found then', async () => {
    let isAdded = false;
    const executors = registry({
      resolve: async () => (isAdded ? scriptedExecutor({ name: 'late' }).plugin : null),
    });
    await expect(executors.executor('late')).rejects.toMatchObject({ code: 'ERR_EXECUTOR_NOT_FOUND' });
    isAdded = true;
    expect((await executors.executor('late')).name).toBe('late');
  });

  test('a package that is not there is not found, with the cause', async () => {
    const cause = moduleNotFound();
    const executors = registry({ executors: { docker: () => Promise.reject(cause) } });
    await expect(executors.executor('docker')).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_NOT_FOUND',
      message: expect.stringContaining('not installed'),
      hint: expect.stringContaining('cloche executors add docker'),
      cause,
    });
  });

  test('a plugin that throws while it loads has failed, with the cause', async () => {
    const cause = new SyntaxError('Unexpected token');
    const executors = registry({ executors: { docker: () => Promise.reject(cause) } });
    await expect(executors.executor('docker')).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_FAILED',
      message: expect.stringContaining('Unexpected token'),
      cause,
    });
  });

  test.each<[string, unknown, string]>([
    ['nothing', { default: undefined }, 'not an object'],
    ['text', 'plugin', 'not an object'],
    [
      'a later version',
      { specificationVersion: 2 },
      'version 2 of the contract; this Cloche knows version 1',
    ],
    ['no version', {}, 'no version'],
    ['a version that is text', { specificationVersion: '1' }, 'no version'],
    ['a name with blanks', { ...scriptedExecutor({ name: 'x' }).plugin, name: 'A b' }, 'lower-case'],
    ['the name auto', { ...scriptedExecutor({ name: 'x' }).plugin, name: 'auto' }, 'auto is taken'],
    ['no schema', { ...scriptedExecutor({ name: 'x' }).plugin, optionsSchema: {} }, 'Standard Schema'],
    ['no create()', { ...scriptedExecutor({ name: 'x' }).plugin, create: null }, 'create()'],
  ])('a plugin with %s is refused', async (_, plugin, words) => {
    const executors = registry({ executors: { x: async () => plugin as never } });
    await expect(executors.executor('x')).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_FAILED',
      message: expect.stringContaining(words),
    });
  });

  test('a plugin cannot take the name of another', async () => {
    const executors = registry({
      executors: {
        local: async () => scriptedExecutor({ name: 'local' }).plugin,
        docker: async () => scriptedExecutor({ name: 'other' }).plugin,
      },
      resolve: async (name) => scriptedExecutor({ name: name === '@evil/local' ? 'local' : 'twin' }).plugin,
    });
    await expect(executors.executor('@evil/local')).rejects.toMatchObject({ code: 'ERR_EXECUTOR_FAILED' });
    await expect(executors.executor('docker')).rejects.toMatchObject({ code: 'ERR_EXECUTOR_FAILED' });
    await executors.executor('@one/twin');
    await expect(executors.executor('@two/twin')).rejects.toMatchObject({ code: 'ERR_EXECUTOR_FAILED' });
  });

  test('a plugin that is known by its package name as well is one executor', async () => {
    const { plugin } = scriptedExecutor({ name: 'twin' });
    const executors = registry({ resolve: async () => plugin });
    expect(await executors.executor('@one/twin')).toBe(await executors.executor('twin'));
    expect([...(await executors.created()).keys()]).toEqual(['twin']);
  });

  test('options go through the schema of the plugin, and it gets what the schema makes of them', async () => {
    const optionsSchema: StandardSchema<unknown> = {
      '~standard': { version: 1, vendor: 'test', validate: async (value) => ({ value: { made: value } }) },
    };
    const docker = scriptedExecutor({ name: 'docker', optionsSchema });
    const executors = registry({
      executors: { docker: async () => docker.plugin },
      executorOptions: { docker: { host: 'x' } },
    });
    await executors.executor('docker');
    expect(docker.createdWith).toEqual([{ made: { host: 'x' } }]);
  });

  test('an invalid option is named with its key and the place where it was set', async () => {
    const optionsSchema: StandardSchema<unknown> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => ({ issues: [{ message: 'Expected a URL.', path: ['endpoint', { key: 'host' }] }] }),
      },
    };
    const docker = scriptedExecutor({ name: 'docker', optionsSchema });
    const executors = registry({
      executors: { docker: async () => docker.plugin },
      originOf: (key) => (key === 'docker.endpoint.host' ? 'CLOCHE_DOCKER_HOST' : null),
    });
    await expect(executors.executor('docker')).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: 'The option docker.endpoint.host, set in CLOCHE_DOCKER_HOST, is invalid: Expected a URL.',
    });
    expect(docker.createdWith).toEqual([]);
  });

  test('a plugin whose create() throws has failed', async () => {
    const plugin = {
      ...scriptedExecutor({ name: 'x' }).plugin,
      create: () => {
        throw new Error('no luck');
      },
    };
    await expect(registry({ executors: { x: async () => plugin } }).executor('x')).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_FAILED',
      message: expect.stringContaining('no luck'),
    });
  });
});
