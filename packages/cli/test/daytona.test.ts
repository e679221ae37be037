import { existsSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CliResult } from './support/cli-process.ts';
import { endOf, runCli, startCli } from './support/cli-process.ts';
import { packFakeDaytona } from './support/fake-daytona.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const KEY = 'dtn_0123456789wxyz';
const directory = temporaryDirectory();
const snapshotFile = path.join(directory, 'snapshots.json');
const withoutKey = { DOCKER_HOST: `unix://${directory}/absent.sock`, FAKE_DAYTONA_FILE: snapshotFile };
const environment = { ...withoutKey, DAYTONA_API_KEY: KEY };
plant(directory, 'program.py', 'print("ran")\n');

function cloche(words: readonly string[], own: Record<string, string> = {}): Promise<CliResult> {
  return runCli(words, { directory, environment: { ...environment, ...own } });
}

beforeAll(async () => {
  packFakeDaytona(directory);
  const { exitCode, stderr } = await cloche(['executors', 'add', './cloche-executor-daytona-9.9.9.tgz']);
  if (exitCode !== 0) throw new Error(stderr);
});

beforeEach(() => {
  rmSync(snapshotFile, { force: true });
});

describe('cloche doctor', () => {
  test('starts nothing that costs, shows ? for what it does not know, and says when it will be known', async () => {
    const { exitCode, stdout } = await cloche(['doctor']);
    expect(exitCode).toBe(0);
    const [heading = ''] = stdout.split('\n');
    const column = heading.indexOf('daytona');
    const python = stdout.split('\n').find((line) => line.startsWith('Python ')) ?? '';
    expect(python.slice(column, column + 1)).toBe('?');
    expect(stdout).toMatch(/^\?: not known yet\. The first run on daytona looks it up,/mu);
    const chinese = await cloche(['doctor', '--lang', 'zh']);
    expect(chinese.stdout).toMatch(/^\?：尚不清楚。/mu);
  });

  test('counts it as one that can run', async () => {
    const { exitCode, stdout } = await cloche(['doctor', '--json']);
    expect(exitCode).toBe(0);
    const { executors } = JSON.parse(stdout) as { executors: { name: string; capabilities: unknown }[] };
    expect(executors.find(({ name }) => name === 'daytona')).toMatchObject({
      origin: 'added',
      probe: { available: true },
      capabilities: { languages: {} },
    });
  });

  test('hands over what flags say, and warns of a key that others can read', async () => {
    const flags = [
      '--daytona-api-key',
      'dtn_typed_00000000',
      '--daytona-api-url',
      'https://typed.example/api',
    ];
    const { stdout, stderr } = await cloche([
      'doctor',
      '--json',
      ...flags,
      '--daytona-target',
      'eu',
      '--daytona-snapshot',
      'mine',
    ]);
    expect(optionsShown(stdout)).toEqual({
      apiKey: 'dtn_typed_00000000',
      apiUrl: 'https://typed.example/api',
      target: 'eu',
      snapshot: 'mine',
    });
    expect(stderr).toMatch(/^cloche: warning: .*--daytona-api-key.*DAYTONA_API_KEY/mu);
    expect(stderr).not.toContain('dtn_typed');
  });

  test('hands over what variables say', async () => {
    const { stdout } = await cloche(['doctor', '--json'], {
      CLOCHE_DAYTONA_MEMORY: '2GiB',
      CLOCHE_DAYTONA_AUTO_STOP: '10m',
      CLOCHE_DAYTONA_KEEP_SANDBOX: 'true',
      CLOCHE_DAYTONA_LABELS: 'team=search',
    });
    expect(optionsShown(stdout)).toEqual({
      apiKey: KEY,
      memory: 2 * 1024 ** 3,
      autoStop: 600_000,
      keepSandbox: true,
      labels: { team: 'search' },
    });
  });
});

/** What the executor got; the fake one shows it. */
function optionsShown(report: string): unknown {
  const { executors } = JSON.parse(report) as {
    executors: { name: string; capabilities: { details: string[] } | null }[];
  };
  const details = executors.find(({ name }) => name === 'daytona')?.capabilities?.details ?? [];
  return JSON.parse(details[0] ?? 'null');
}

describe('an address by flag without its key', () => {
  test.each([['run', 'program.py'], ['doctor'], ['clean'], ['daytona', 'snapshot', 'list']])(
    'is refused by cloche %s',
    async (...words) => {
      const [first = '', ...rest] = words;
      const flag = ['--daytona-api-url', 'https://typed.example/api'];
      const isNested = first === 'daytona';
      const argv = isNested ? [...words, ...flag] : [first, ...flag, ...rest];
      const { exitCode, stdout, stderr } = await cloche(argv);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain('--daytona-api-url: A key and its endpoint come from one place');
    },
  );
});

describe('cloche run', () => {
  test('on another executor does not load it', async () => {
    const marker = path.join(directory, 'loaded');
    const own = { FAKE_DAYTONA_LOADED: marker };
    expect(await cloche(['run', 'program.py'], own)).toMatchObject({ exitCode: 0, stdout: 'ran\n' });
    expect(existsSync(marker)).toBe(false);
    await cloche(['clean'], own);
    expect(existsSync(marker)).toBe(true);
  });

  test('under auto passes it over where no key is configured, and says so', async () => {
    const own = { ...withoutKey, CLOCHE_EXECUTOR: 'auto', CLOCHE_AUTO_ORDER: 'daytona,local' };
    const result = await runCli(['run', 'program.py'], { directory, environment: own });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'ran\n' });
    expect(result.stderr).toMatch(/instead of daytona\. daytona: No Daytona API key is configured\./u);
  });

  test('shows no key that stands behind a mistyped option', async () => {
    const { exitCode, stderr } = await cloche(['run', `--daytona-apikey=${KEY}`, '--debug', 'program.py']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('There is no option --daytona-apikey.\nhint: See what there is');
    expect(stderr).not.toContain(KEY);
  });
});

describe('cloche clean', () => {
  test('reaches the executor where a key is configured', async () => {
    const { exitCode, stdout } = await cloche(['clean']);
    expect(exitCode).toBe(0);
    // What others on this machine have left, a test that kills what it runs for one, goes as well.
    expect(stdout).toMatch(/^daytona: sandbox cloche-left$[\s\S]*^Removed: [1-9]\d*$/mu);
  });

  test.each([
    ['en', 'cloche: daytona was not asked: DAYTONA_API_KEY is not set.'],
    ['zh', 'cloche: 未检查 daytona：没有设置 DAYTONA_API_KEY。'],
  ])('says in %s in one quiet line that no key is there', async (locale, line) => {
    const result = await runCli(['clean', '--lang', locale], { directory, environment: withoutKey });
    expect(result.exitCode).toBe(0);
    expect(result.stderr.split('\n').filter((text) => text.includes('daytona'))).toEqual([line]);
    expect(result.stdout).not.toContain('daytona');
  });
});

describe('cloche daytona snapshot', () => {
  const snapshot = (...words: readonly string[]): Promise<CliResult> =>
    cloche(['daytona', 'snapshot', ...words]);
  const stored = (): unknown => JSON.parse(readFileSync(snapshotFile, 'utf8'));

  test('create builds one, shows how far it is on stderr, and says how to use it', async () => {
    const { exitCode, stdout, stderr } = await snapshot('create');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Built cloche-toolchains (3 GiB), for every language.');
    expect(stdout).toContain('\n  export CLOCHE_DAYTONA_SNAPSHOT=cloche-toolchains\n');
    expect(stdout).toContain('\n  [daytona]\n  snapshot = "cloche-toolchains"\n');
    expect(stderr).toBe(
      'cloche: Building the snapshot cloche-toolchains at Daytona. This takes some minutes.\n#1 FROM debian\n#2 RUN apt-get\n',
    );
    expect(stored()).toMatchObject([
      { request: { name: 'cloche-toolchains', base: null, cpuCount: null, memoryGib: null, diskGib: null } },
    ]);
  });

  test('create hands over every option, and prints JSON', async () => {
    const resources = ['--cpu', '4', '--memory', '8', '--disk', '10GiB'];
    const address = ['--daytona-api-key', KEY, '--daytona-api-url', 'https://typed.example/api'];
    const names = ['--name', 'big', '--base', 'ubuntu:26.04'];
    const words = [...names, ...resources, ...address, '--json', '--lang', 'zh'];
    const { stdout, stderr } = await snapshot('create', ...words);
    expect(stderr).toContain('#1 FROM debian');
    expect(JSON.parse(stdout)).toEqual({
      name: 'big',
      state: 'active',
      errorReason: null,
      sizeGib: 3,
      createdAt: '2026-11-25T10:00:00.000Z',
    });
    expect(stored()).toMatchObject([
      {
        request: { name: 'big', base: 'ubuntu:26.04', cpuCount: 4, memoryGib: 8, diskGib: 10 },
        apiUrl: 'https://typed.example/api',
      },
    ]);
  });

  test('create speaks Chinese', async () => {
    const { stdout, stderr } = await snapshot('create', '--lang', 'zh');
    expect(stdout).toContain('已构建 cloche-toolchains (3 GiB)，适用于所有语言。');
    expect(stderr).toContain('cloche: 正在 Daytona 构建快照 cloche-toolchains');
  });

  test('create fails where the snapshot cannot be used at the end', async () => {
    const { exitCode, stdout, stderr } = await snapshot('create', '--name', 'broken');
    expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: '' });
    expect(stderr).toContain('cloche: The snapshot broken cannot be used: apt-get said no\n');
    expect(stderr).toContain('hint: Delete it and try again: cloche daytona snapshot delete broken\n');
  });

  test.each([
    { words: ['--memory', '1.5'], message: '--memory 1.5 is not a whole number from 1 to 1024.' },
    { words: ['--disk', '1500MiB'], message: '--disk 1500MiB is not a whole number' },
    { words: ['--cpu', '0'], message: '--cpu 0 is not a whole number' },
    { words: ['--name', 'my snapshot'], message: '--name my snapshot is not a name' },
    { words: ['--base', ''], message: '--base  is not a name' },
  ])('create refuses $words before anything is asked for', async ({ words, message }) => {
    const { exitCode, stdout, stderr } = await snapshot('create', ...words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test.for([
    ['en', 'Interrupted.', 'goes on at the service'],
    ['zh', '已中断。', '会在服务端继续'],
  ] as const)(
    'Ctrl-C ends create, and says in %s what goes on',
    async ([locale, interrupted, goesOn], { skip }) => {
      skip(process.platform === 'win32', 'Windows sends no SIGINT to one process');
      const child = startCli(['daytona', 'snapshot', 'create', '--name', 'endless', '--lang', locale], {
        directory,
        environment,
      });
      const ending = endOf(child);
      const [first] = (await once(child.stderr, 'data')) as [Buffer];
      expect(first.toString()).toContain('endless');
      child.kill('SIGINT');
      const { exitCode, stdout, stderr } = await ending;
      expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
      expect(stderr).toContain(`cloche: ${interrupted}\n`);
      expect(stderr).toContain(goesOn);
      expect(stderr).toContain('cloche daytona snapshot delete endless\n');
    },
  );

  test('list and delete do what they say', async () => {
    const none = await snapshot('list');
    expect(none).toMatchObject({ exitCode: 0, stdout: 'SNAPSHOT  SIZE  CREATED  STATE\n' });
    expect(none.stderr).toContain('cloche daytona snapshot create');
    await snapshot('create', '--name', 'one');
    await snapshot('create', '--name', 'broken');
    const { stdout } = await snapshot('list');
    expect(stdout).toMatch(/^one +3 GiB +2026-11-25T10:00:00.000Z +active$/mu);
    expect(stdout).toMatch(/^broken +3 GiB +2026-11-25T10:00:00.000Z +build_failed: apt-get/mu);
    expect(await snapshot('delete', 'broken')).toMatchObject({ exitCode: 0, stdout: 'Deleted broken.\n' });
    const left = await snapshot('list', '--json');
    expect(JSON.parse(left.stdout)).toMatchObject([{ name: 'one' }]);
    const again = await snapshot('delete', 'broken', '--lang', 'zh');
    expect(again).toMatchObject({ exitCode: 125, stdout: '' });
    expect(again.stderr).toContain('Daytona API错误');
  });

  test('without a key fails before a build is announced', async () => {
    const words = ['daytona', 'snapshot', 'create'];
    const result = await runCli(words, { directory, environment: withoutKey });
    expect(result).toMatchObject({
      exitCode: 125,
      stdout: '',
      stderr: 'cloche: No Daytona API key is configured.\n',
    });
  });

  test('names an option that the executor refuses, with its place', async () => {
    const { exitCode, stderr } = await cloche(['daytona', 'snapshot', 'list'], { DAYTONA_TARGET: 'nowhere' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The option daytona.target, set in DAYTONA_TARGET, is invalid: is no region.');
  });

  test('has a help on each level', async () => {
    const [group, parent] = await Promise.all([snapshot('--help'), cloche(['daytona', '--help'])]);
    expect(group.stdout).toMatch(/^ {2}daytona snapshot create /mu);
    expect(parent.stdout).toMatch(/^ {2}daytona snapshot /mu);
    expect(parent.stdout).not.toContain('daytona snapshot delete');
  });
});
