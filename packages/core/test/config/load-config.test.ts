import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import type { Given } from './load-given.ts';
import { entry, load, PROJECT_FILE, refusal, SECRETS_FILE, USER_FILE } from './load-given.ts';

describe('layers', () => {
  test('without anything the defaults hold', async () => {
    const loaded = await load({});
    expect(loaded.config).toMatchObject({
      executor: 'auto',
      auto: { order: ['docker', 'local'] },
      isolation: { minimum: 'none' },
      network: 'none',
      limits: { runTimeoutMs: 120_000, memoryBytes: 512 * 1024 * 1024 },
      locale: null,
      languages: {},
      executorOptions: { local: { sandbox: 'auto' } },
    });
    expect(entry(loaded, 'limits.memory')).toEqual({
      value: 512 * 1024 * 1024,
      kind: 'default',
      name: 'default',
    });
    expect(loaded.warnings).toEqual([]);
  });

  test('a flag is over a variable, over the project, over the user, over a default, and each says where it is', async () => {
    const files = {
      [PROJECT_FILE]: '[limits]\ntimeout = "3s"\nmemory = "30MB"\nprocesses = 3\n',
      [USER_FILE]: '# mine\n[limits]\ntimeout = "40s"\nmemory = "40MB"\nprocesses = 40\nopenFiles = 40\n',
    };
    const loaded = await load({
      flags: { 'limits.timeout': '1s' },
      environment: { CLOCHE_TIMEOUT: '2s', CLOCHE_MEMORY: '20MB' },
      files,
    });
    expect(loaded.config.limits).toMatchObject({
      runTimeoutMs: 1000,
      memoryBytes: 20e6,
      processCount: 3,
      openFileCount: 40,
      cpuCount: 1,
    });
    expect(entry(loaded, 'limits.timeout')).toEqual({ value: 1000, kind: 'flag', name: '--timeout' });
    expect(entry(loaded, 'limits.memory')).toEqual({
      value: 20e6,
      kind: 'environment',
      name: 'CLOCHE_MEMORY',
    });
    expect(entry(loaded, 'limits.processes')).toEqual({
      value: 3,
      kind: 'project',
      name: `${PROJECT_FILE}:4`,
    });
    expect(entry(loaded, 'limits.openFiles')).toEqual({ value: 40, kind: 'user', name: `${USER_FILE}:6` });
    expect(entry(loaded, 'limits.cpus')).toMatchObject({ kind: 'default' });
  });

  test('a variable that is set to nothing counts as not set', async () => {
    expect((await load({ environment: { CLOCHE_TIMEOUT: '' } })).config.limits.runTimeoutMs).toBe(120_000);
  });

  test('tables of executors are handed on as they stand, layer over layer', async () => {
    const files = {
      [USER_FILE]: 'local.sandbox = "off"\n[docker]\nhost = "unix:///x"\n[myexec.inner]\nbox = [1, 2]\n',
    };
    const loaded = await load({ environment: { CLOCHE_LOCAL_SANDBOX: 'required' }, files });
    expect(loaded.config.executorOptions).toEqual({
      local: { sandbox: 'required' },
      docker: { host: 'unix:///x' },
      myexec: { inner: { box: [1, 2] } },
    });
    expect(entry(loaded, 'docker.host')).toEqual({
      value: 'unix:///x',
      kind: 'user',
      name: `${USER_FILE}:3`,
    });
  });

  test('keys of docker reach its executor without the table, and what nobody gives is left to it', async () => {
    const files = {
      [USER_FILE]: [
        '[docker]',
        'image = "tools:1"',
        'poolIdle = "5m"',
        'further = true',
        '[docker.images]',
        'python = "python:3"',
        'cpp = "gcc:14"',
      ].join('\n'),
    };
    const environment = {
      CLOCHE_DOCKER_IMAGE: 'tools:2',
      CLOCHE_DOCKER_POOL_SIZE: '0',
      CLOCHE_DOCKER_POOL_MEMORY: '1GiB',
    };
    const loaded = await load({ environment, files });
    expect(loaded.config.executorOptions['docker']).toEqual({
      image: 'tools:2',
      poolSize: 0,
      poolIdle: 300_000,
      poolMemory: 1024 ** 3,
      'images.python': 'python:3',
      'images.cpp': 'gcc:14',
      further: true,
    });
    expect(entry(loaded, 'docker.images.cpp')).toEqual({
      value: 'gcc:14',
      kind: 'user',
      name: `${USER_FILE}:7`,
    });
    expect((await load({})).config.executorOptions['docker']).toBeUndefined();
  });

  test('the user file lies where XDG_CONFIG_HOME or CLOCHE_HOME says', async () => {
    const root = await temporaryDirectory();
    await load(
      {
        files: { 'xdg/cloche/config.toml': 'executor = "xdg"', 'own/config/config.toml': 'executor = "own"' },
      },
      root,
    );
    const xdg = await load({ environment: { XDG_CONFIG_HOME: join(root, 'xdg') } }, root);
    expect(xdg.config.executor).toBe('xdg');
    expect((await load({ environment: { CLOCHE_HOME: join(root, 'own') } }, root)).config.executor).toBe(
      'own',
    );
  });

  test('without a home directory there is no file of the user, and no error', async () => {
    const workingDirectory = await temporaryDirectory();
    const input = { environment: {}, workingDirectory, homeDirectory: null, platform: 'linux' } as const;
    expect((await loadConfig(input)).config.executor).toBe('auto');
  });

  test('arguments for compilers are read for each language', async () => {
    const loaded = await load({
      files: { [PROJECT_FILE]: '[languages.cpp]\ncompileArguments = ["-O2", "-DA=b,c"]\n' },
    });
    expect(loaded.config.languages).toEqual({
      cpp: {
        compileArguments: ['-O2', '-DA=b,c'],
        source: { kind: 'project', name: `${loaded.directory}/${PROJECT_FILE}:2` },
      },
    });
  });
});

describe('an error names its place', () => {
  test.each<[string, Given, string]>([
    ['a flag', { flags: { 'limits.timeout': 'soon' } }, '--timeout: "soon" is not a duration.'],
    [
      'a variable',
      { environment: { CLOCHE_MEMORY: 'much' } },
      'CLOCHE_MEMORY: limits.memory: "much" is not a size.',
    ],
    [
      'a key of a file',
      { files: { [USER_FILE]: '\n[limits]\n\ncpus = "2"\n' } },
      `${USER_FILE}:4: limits.cpus: The value is not a number.`,
    ],
    [
      'a value out of bounds',
      { files: { [USER_FILE]: 'limits.memory = 12\n' } },
      `${USER_FILE}:1: limits.memory: 12 bytes is outside of 4194304 to 1099511627776 bytes.`,
    ],
    [
      'a value of another kind',
      { files: { [USER_FILE]: 'limits = 3\n' } },
      `${USER_FILE}:1: limits: The value is not a table.`,
    ],
    [
      'an inline table',
      { files: { [USER_FILE]: 'limits = { memory = true }\n' } },
      `${USER_FILE}:1: limits.memory: The value is not a size such as "512MiB".`,
    ],
    [
      'TOML that is none',
      { files: { [USER_FILE]: 'executor = "local"\nnetwork = none\n' } },
      `${USER_FILE}:2:`,
    ],
    [
      'an unknown key',
      { files: { [USER_FILE]: '[limits]\nmemroy = "1GB"\n' } },
      `${USER_FILE}:2: limits.memroy: This key is not known.`,
    ],
    [
      'an unknown language',
      { files: { [USER_FILE]: '[languages.pyton]\ncompileArguments = []\n' } },
      `${USER_FILE}:1: languages.pyton: This key is not known.`,
    ],
    [
      'an image of an unknown language',
      { files: { [USER_FILE]: '[docker.images]\npyton = "python:3"\n' } },
      `${USER_FILE}:2: docker.images.pyton: This key is not known.`,
    ],
    [
      'one image in place of the table of images',
      { files: { [USER_FILE]: 'docker.images = "python:3"\n' } },
      `${USER_FILE}:1: docker.images: The value is not a table.`,
    ],
    [
      'a size of the pool below zero',
      { files: { [USER_FILE]: 'docker.poolSize = -1\n' } },
      `${USER_FILE}:1: docker.poolSize: `,
    ],
    [
      'an idle time out of its own bounds',
      { environment: { CLOCHE_DOCKER_POOL_IDLE: '10ms' } },
      'CLOCHE_DOCKER_POOL_IDLE: docker.poolIdle: 10 ms is outside of 1000 to 86400000 ms.',
    ],
    ['a broken secrets file', { files: { [SECRETS_FILE]: 'DAYTONA_API_KEY = \n' } }, `${SECRETS_FILE}:1:`],
    [
      'a list in a list',
      { files: { [USER_FILE]: 'auto.order = ["docker", ["local"]]\n' } },
      `${USER_FILE}:1: auto.order: The value is not a list`,
    ],
    [
      'a fraction where none may be',
      { environment: { CLOCHE_PROCESSES: '1.5' } },
      'CLOCHE_PROCESSES: limits.processes: "1.5" is not a whole number.',
    ],
  ])('%s', async (_, given, message) => {
    const error = await refusal(given);
    expect(error.message).toContain(message);
    expect(error.chinese).not.toBe(error.message);
    expect(error.chinese).toMatch(/[\u4E00-\u9FFF]/u);
  });

  test.each<[string, string, string]>([
    ['executer = "local"', 'executer', 'executor'],
    ['[limit]\nmemory = 1', 'limit', 'limits'],
    ['[limits]\ntime = "1s"\n', 'limits.time', ''],
    ['[limits]\nopenfiles = 3', 'limits.openfiles', 'openFiles'],
    ['[isolation]\nminimun = "none"', 'isolation.minimun', 'minimum'],
    ['networks = "none"', 'networks', 'network'],
  ])('%j gets the nearest known key', async (text, key, nearest) => {
    const error = await refusal({ files: { [USER_FILE]: text } });
    expect(error.message).toContain(`${key}: This key is not known.`);
    expect(error.hint).toContain(nearest);
  });

  test('a value that is none of several gets the nearest', async () => {
    expect((await refusal({ files: { [USER_FILE]: 'network = "ful"' } })).hint).toContain('full');
    expect((await refusal({ flags: { 'isolation.minimum': 'containr' } })).hint).toContain('container');
  });

  test.each(['a directory', 'larger than a page', 'bytes'])('a file that is %s', async (kind) => {
    const root = await temporaryDirectory();
    const path = join(root, USER_FILE);
    await mkdir(dirname(path), { recursive: true });
    if (kind === 'a directory') await mkdir(path);
    else await writeFile(path, kind === 'bytes' ? Buffer.from([0xff, 0xfe]) : '#'.repeat(2 * 1024 * 1024));
    await expect(load({}, root)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining(path) as string,
    });
  });

  test('the message of broken TOML repeats nothing of the file', async () => {
    const error = await refusal({ files: { [USER_FILE]: '[daytona]\napiKey = "dtn_verysecretvalue\n' } });
    expect(JSON.stringify(error)).not.toContain('verysecret');
  });

  test('a variable that is nearly one of ours is a warning', async () => {
    const { warnings } = await load({ environment: { CLOCHE_TIMOUT: '1s', CLOCHE_HOME: '', OTHER: 'x' } });
    expect(warnings.map((warning) => warning.en)).toEqual([
      expect.stringContaining('Did you mean CLOCHE_TIMEOUT?'),
    ]);
  });
});

describe('contradictions', () => {
  test('name both values and their places', async () => {
    const error = await refusal({
      flags: { executor: 'local' },
      files: { [PROJECT_FILE]: '[isolation]\nminimum = "container"' },
    });
    expect(error.message).toContain(
      `executor = local (--executor) and isolation.minimum = container (${PROJECT_FILE}:2) contradict`,
    );
  });

  test.each<[Given, string]>([
    [
      { flags: { executor: 'local', 'local.sandbox': 'off', 'isolation.minimum': 'process' } },
      'contradict each other',
    ],
    [{ environment: { CLOCHE_AUTO_ORDER: 'local,local' } }, 'names local twice'],
    [{ environment: { CLOCHE_AUTO_ORDER: 'auto,local' } }, 'one of its own'],
    [{ files: { [USER_FILE]: 'auto.order = []' } }, 'names no executor'],
  ])('%j', async (given, message) => {
    expect((await refusal(given)).message).toContain(message);
  });
});
