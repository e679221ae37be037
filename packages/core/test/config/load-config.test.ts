import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { LoadedConfig } from '../../src/config/config.ts';
import type { ConfigKey } from '../../src/config/config-key.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { ClocheError } from '../../src/executor/index.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const USER_FILE = 'home/.config/cloche/config.toml';
const PROJECT_FILE = 'home/project/cloche.toml';
const SECRETS_FILE = 'home/.streamlit/secrets.toml';

interface Given {
  readonly flags?: Partial<Record<ConfigKey, string>>;
  readonly environment?: Record<string, string>;
  readonly files?: Record<string, string>;
  readonly workingDirectory?: string;
}

async function load(
  given: Given,
  directory?: string,
): Promise<LoadedConfig & { readonly directory: string }> {
  const root = directory ?? (await temporaryDirectory());
  await mkdir(join(root, 'home/project'), { recursive: true });
  for (const [path, text] of Object.entries(given.files ?? {})) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text, { mode: 0o600 });
  }
  const loaded = await loadConfig({
    flags: given.flags ?? {},
    environment: given.environment ?? {},
    workingDirectory: join(root, given.workingDirectory ?? 'home/project'),
    homeDirectory: join(root, 'home'),
    platform: 'linux',
  });
  return { ...loaded, directory: root };
}

/** The error, with the temporary directory cut from its text. */
async function refusal(
  given: Given,
): Promise<{ readonly message: string; readonly hint: string; readonly chinese: string }> {
  const root = await temporaryDirectory();
  const error: unknown = await load(given, root).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!ClocheError.isInstance(error)) throw new Error(`no ClocheError: ${String(error)}`);
  expect(error.code).toBe('ERR_CONFIG_INVALID');
  const cut = (text: string | null): string => (text ?? '').replaceAll(`${root}/`, '');
  return { message: cut(error.message), hint: cut(error.hint), chinese: cut(error.localizedMessage('zh')) };
}

function entry(
  loaded: LoadedConfig & { readonly directory: string },
  key: string,
): { value: unknown; kind: string; name: string } {
  const found = loaded.entries.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`no entry ${key}`);
  return {
    value: found.value,
    kind: found.source.kind,
    name: found.source.name.replace(`${loaded.directory}/`, ''),
  };
}

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

describe('the project is not trusted', () => {
  test.each<[string, string]>([
    ['executor = "local"', 'executor'],
    ['auto.order = ["local"]', 'auto.order'],
    ['network = "full"', 'network'],
    ['locale = "zh"', 'locale'],
    ['[local]\nsandbox = "off"', 'local.sandbox'],
    ['[docker]\nhost = "tcp://evil:2375"', 'docker.host'],
    ['[daytona]\napiUrl = "https://evil.example"', 'daytona.apiUrl'],
    ['[anything]\nkey = 1', 'anything.key'],
    ['[queue]\nconcurrency = 1000', 'queue.concurrency'],
  ])('%j belongs in the user file', async (text, key) => {
    const error = await refusal({ files: { [PROJECT_FILE]: text } });
    expect(error.message).toMatch(
      new RegExp(`^${PROJECT_FILE}:\\d: ${key}: A project's file may not set this key`, 'u'),
    );
    expect(error.hint).toContain(USER_FILE);
  });

  test('a limit may be lowered and not raised, against what the user says', async () => {
    const user = { [USER_FILE]: 'limits.memory = "100MB"\nisolation.minimum = "process"' };
    const lowered = await load({
      files: { ...user, [PROJECT_FILE]: 'limits.memory = "50MB"\nisolation.minimum = "container"' },
    });
    expect(lowered.config).toMatchObject({
      limits: { memoryBytes: 50e6 },
      isolation: { minimum: 'container' },
    });
    const raised = await refusal({ files: { ...user, [PROJECT_FILE]: 'limits.memory = "200MB"' } });
    expect(raised.message).toContain('may only lower this value: 200000000 against 100000000');
    const weaker = await refusal({ files: { ...user, [PROJECT_FILE]: 'isolation.minimum = "none"' } });
    expect(weaker.message).toContain('may only raise this value: none against process');
  });

  test('a file above the working directory counts, up to the root of the repository', async () => {
    const files = {
      'home/project/cloche.toml': 'limits.processes = 7',
      'home/project/a/b/x': '',
      'home/cloche.toml': 'limits.processes = 9',
    };
    expect((await load({ files, workingDirectory: 'home/project/a/b' })).config.limits.processCount).toBe(7);
    const inner = { ...files, 'home/project/a/.git/HEAD': '' };
    expect(
      (await load({ files: inner, workingDirectory: 'home/project/a/b' })).config.limits.processCount,
    ).toBe(256);
  });

  test('a file above the home directory does not count', async () => {
    const files = { 'cloche.toml': 'limits.processes = 7' };
    expect((await load({ files })).config.limits.processCount).toBe(256);
  });

  test.skipIf(process.getuid?.() !== 0)(
    'a file of another user is ignored, with a warning (needs root)',
    async () => {
      const root = await temporaryDirectory();
      const path = join(root, PROJECT_FILE);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'executor = "evil"');
      await chown(path, 12_345, 12_345);
      const loaded = await load({}, root);
      expect(loaded.config.executor).toBe('auto');
      expect(loaded.warnings.map((warning) => warning.en)).toEqual([expect.stringContaining('another user')]);
    },
  );

  test.each(['a named pipe', 'a device'])('%s in its place does not hang', async (kind) => {
    const root = await temporaryDirectory();
    await mkdir(join(root, 'home/project'), { recursive: true });
    if (kind === 'a device') await symlink('/dev/zero', join(root, PROJECT_FILE));
    else await promisify(execFile)('mkfifo', [join(root, PROJECT_FILE)]);
    await expect(load({}, root)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
  });
});

describe('keys and endpoints', () => {
  test('secrets are shown by their last four characters alone', async () => {
    const files = {
      [USER_FILE]:
        '[other]\nauthToken = "tok_1234567890abcd"\nshort = "x"\nnested = { password = "hunter2" }\n',
    };
    const loaded = await load({ environment: { DAYTONA_API_KEY: 'dtn_0123456789wxyz' }, files });
    expect(entry(loaded, 'daytona.apiKey').value).toBe('…wxyz');
    expect(entry(loaded, 'other.authToken').value).toBe('…abcd');
    expect(entry(loaded, 'other.nested').value).toEqual({ password: '…' });
    expect(JSON.stringify([loaded.entries, loaded.warnings])).not.toMatch(/0123456789|hunter2/u);
    expect(loaded.config.executorOptions['daytona']).toEqual({ apiKey: 'dtn_0123456789wxyz' });
  });

  test('the endpoint is taken from where the key comes from, and another is named in a warning', async () => {
    const files = {
      [USER_FILE]: '[daytona]\napiKey = "dtn_user_key_000"\napiUrl = "https://user.example"\n',
    };
    const own = await load({ files });
    expect(own.config.executorOptions['daytona']).toEqual({
      apiKey: 'dtn_user_key_000',
      apiUrl: 'https://user.example',
    });
    const mixed = await load({ files, environment: { DAYTONA_API_URL: 'https://other.example' } });
    expect(mixed.config.executorOptions['daytona']).toEqual({
      apiKey: 'dtn_user_key_000',
      apiUrl: 'https://user.example',
    });
    expect(mixed.warnings[0]?.en).toContain('daytona.apiUrl of DAYTONA_API_URL is not used');
    const keyAbove = await load({ files, environment: { DAYTONA_API_KEY: 'dtn_environment' } });
    expect(keyAbove.config.executorOptions['daytona']).toEqual({ apiKey: 'dtn_environment' });
    expect(keyAbove.warnings).toHaveLength(1);
  });

  test('DAYTONA_API_BASE is the old name of DAYTONA_API_URL, and both at once must agree', async () => {
    const environment = {
      DAYTONA_API_KEY: 'dtn_environment',
      DAYTONA_API_BASE: 'https://a.example',
      DAYTONA_TARGET: 'eu',
    };
    expect((await load({ environment })).config.executorOptions['daytona']).toEqual({
      apiKey: 'dtn_environment',
      apiUrl: 'https://a.example',
      target: 'eu',
    });
    const error = await refusal({ environment: { ...environment, DAYTONA_API_URL: 'https://b.example' } });
    expect(error.message).toContain('DAYTONA_API_URL and DAYTONA_API_BASE contradict each other');
  });

  test('the secrets of Streamlit in the home directory give DAYTONA_… and nothing else, lowest', async () => {
    const files = {
      [SECRETS_FILE]:
        'OPENAI = "x"\nexecutor = "evil"\nDAYTONA_API_KEY = "dtn_streamlit_1234"\n\n[daytona]\nx = 1\n',
    };
    const loaded = await load({ files });
    expect(loaded.config.executor).toBe('auto');
    expect(entry(loaded, 'daytona.apiKey')).toEqual({
      value: '…1234',
      kind: 'streamlit',
      name: `${SECRETS_FILE}:3`,
    });
    const above = await load({ files: { ...files, [USER_FILE]: 'daytona.apiKey = "dtn_user_key_5678"' } });
    expect(entry(above, 'daytona.apiKey')).toMatchObject({ value: '…5678', kind: 'user' });
  });

  test('the secrets of Streamlit in a working directory are not read', async () => {
    const loaded = await load({
      files: { 'home/project/.streamlit/secrets.toml': 'DAYTONA_API_KEY = "dtn_planted_0000"' },
    });
    expect(entry(loaded, 'daytona.apiKey')).toMatchObject({ value: null, kind: 'default' });
  });

  test.skipIf(process.platform === 'win32')('a key in a file that others can read is a warning', async () => {
    const root = await temporaryDirectory();
    await load({ files: { [USER_FILE]: 'daytona.apiKey = "dtn_user_key_5678"' } }, root);
    await chmod(join(root, USER_FILE), 0o644);
    expect((await load({}, root)).warnings[0]?.en).toContain('chmod 600');
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
