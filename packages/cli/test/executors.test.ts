import { spawn } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import type { CliResult } from './support/cli-process.ts';
import { cliArgv, cliEnvironment, endOf, runCli } from './support/cli-process.ts';
import { packSamplePlugin } from './support/sample-plugin.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';
import { skipWithoutTerminal } from './support/terminal.ts';

const directory = temporaryDirectory();
plant(directory, 'program.py', 'print("not run")\n');
plant(directory, 'refuse.py', '# refuse\n');

let added: CliResult;

beforeAll(async () => {
  packSamplePlugin(directory);
  added = await runCli(['executors', 'add', './somebodys-mirror-1.2.3.tgz'], { directory });
});

test('an executor is added from a tarball', () => {
  expect(added).toMatchObject({
    exitCode: 0,
    stdout: 'Added mirror (somebodys-mirror 1.2.3). Use it: cloche run --executor mirror FILE\n',
    stderr: '',
  });
});

test('it runs programs, with its own exit code', async () => {
  const result = await runCli(['run', '--executor', 'mirror', 'program.py'], { directory });
  expect(result).toMatchObject({ exitCode: 7, stdout: 'print("not run")\n', stderr: '' });
});

test.for([
  ['en', 'Creating mirror'],
  ['zh', '正在创建 mirror'],
] as const)(
  'that it makes a sandbox is shown in %s, on a terminal alone',
  async ([locale, text], context) => {
    skipWithoutTerminal(context);
    const words = ['run', '--lang', locale, '--executor', 'mirror', 'program.py'];
    const command = cliArgv(words)
      .map((word) => `'${word}'`)
      .join(' ');
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd: directory,
      env: { ...cliEnvironment(directory), SHELL: '/bin/sh', TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { exitCode, stdout } = await endOf(child);
    expect(exitCode).toBe(7);
    expect(stdout).toContain(`\r\u001B[K${text}\r\u001B[Kprint("not run")`);
  },
);

test('its errors are the errors of this command: it has the same classes', async () => {
  const environment = { CLOCHE_LANG: 'zh' };
  const result = await runCli(['run', '--executor', 'mirror', 'refuse.py'], { directory, environment });
  expect(result).toMatchObject({ exitCode: 125, stdout: '', stderr: 'cloche: 镜子碎了。\n' });
});

test('the list and the doctor know it', async () => {
  const list = await runCli(['executors', 'list', '--json'], { directory });
  expect(JSON.parse(list.stdout)).toEqual([
    { name: 'local', origin: 'built-in', package: null, version: null, integrity: null },
    { name: 'docker', origin: 'built-in', package: null, version: null, integrity: null },
    {
      name: 'mirror',
      origin: 'added',
      package: 'somebodys-mirror',
      version: '1.2.3',
      integrity: expect.stringMatching(/^sha512-/u),
    },
  ]);
  const doctor = await runCli(['doctor', '--json'], { directory });
  const { executors } = JSON.parse(doctor.stdout) as { executors: { name: string }[] };
  expect(executors).toContainEqual(expect.objectContaining({ name: 'mirror', origin: 'added', error: null }));
});

test('a tarball that is not there is told as such', async () => {
  const result = await runCli(['executors', 'add', './absent.tgz'], { directory });
  expect(result.exitCode).toBeGreaterThan(0);
  expect(result.stderr).toMatch(/^cloche: .*absent\.tgz/u);
});

test('a registry that is out of reach is told within seconds', async () => {
  const environment = { npm_config_registry: 'http://127.0.0.1:1', npm_config_cache: `${directory}/npm` };
  const startedAtMs = performance.now();
  const result = await runCli(['executors', 'add', 'daytona'], { directory, environment });
  expect(result).toMatchObject({ exitCode: 125, stdout: '' });
  expect(result.stderr).toMatch(
    /^cloche: npm could not install daytona: .*ECONNREFUSED.*\nhint: .*npm ping$/mu,
  );
  expect(performance.now() - startedAtMs).toBeLessThan(15_000);
});

test('removed, it is gone', async () => {
  expect(await runCli(['executors', 'remove', 'mirror'], { directory })).toMatchObject({
    exitCode: 0,
    stdout: 'Removed mirror.\n',
  });
  const result = await runCli(['run', '--executor', 'mirror', 'program.py'], { directory });
  expect(result.exitCode).toBe(125);
  expect(result.stderr).toContain('mirror');
});
