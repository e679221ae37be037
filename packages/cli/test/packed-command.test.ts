import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, lstatSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cliEnvironment, runCli } from './support/cli-process.ts';
import { answer, modelEnvironment, modelService } from './support/model-service.ts';
import { packSamplePlugin } from './support/sample-plugin.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const PACKAGE_DIRECTORY = path.join(import.meta.dirname, '..');
const TSDOWN = path.join(PACKAGE_DIRECTORY, '../../node_modules/tsdown/dist/run.mjs');
const directory = temporaryDirectory();
const entry = path.join(directory, 'package/bin/cloche.cjs');
/** What takes longer to load than all of the command. */
const HEAVY = [
  'zod',
  'smol-toml',
  'amaro',
  'execa',
  '@modelcontextprotocol/server',
  '@modelcontextprotocol/node',
  'jose',
  'jsonc-parser',
  'ai',
  '@ai-sdk/anthropic',
  '@ai-sdk/google',
  '@ai-sdk/openai',
  '@ai-sdk/openai-compatible',
];

/** Tells every file that is loaded, on stderr. */
const SPY = `
import { registerHooks } from 'node:module';
import { writeSync } from 'node:fs';
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (resolved.url.startsWith('file:')) writeSync(2, 'loaded ' + resolved.url + '\\n');
    return resolved;
  },
});
`;

function run(
  words: readonly string[],
  nodeArguments: readonly string[] = [],
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [...nodeArguments, entry, ...words], {
    cwd: directory,
    // As its user has it: what the tests share would take the place of its own.
    env: { ...cliEnvironment(directory), NODE_COMPILE_CACHE: undefined },
    encoding: 'utf8',
    input: '',
  });
}

/** The packages whose code is in the files that a command line loads. */
function packagesLoadedBy(words: readonly string[]): string[] {
  const { status, stderr } = run(words, ['--import', path.join(directory, 'spy.mjs')]);
  expect(status).toBe(0);
  return packagesIn(stderr);
}

/** @param told what the spy said */
function packagesIn(told: string): string[] {
  const files = [...told.matchAll(/^loaded (?<url>.+)$/gmu)].map(
    (match) => new URL(match.groups?.['url'] ?? ''),
  );
  expect(files.length).toBeGreaterThan(2);
  const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return HEAVY.filter((name) => sources.includes(`/node_modules/${name}/`));
}

beforeAll(() => {
  const built = path.join(directory, 'package');
  mkdirSync(built);
  execFileSync(process.execPath, [TSDOWN, '--out-dir', path.join(built, 'dist')], {
    cwd: PACKAGE_DIRECTORY,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  cpSync(path.join(PACKAGE_DIRECTORY, 'bin'), path.join(built, 'bin'), { recursive: true });
  cpSync(path.join(PACKAGE_DIRECTORY, 'package.json'), path.join(built, 'package.json'));
  plant(directory, 'spy.mjs', SPY);
  plant(directory, 'hello.py', 'print("hello")\n');
  plant(directory, 'main.ts', 'enum Word { Hello = "hello" }\nconsole.log(Word.Hello);\n');
}, 120_000);

describe('the built command', () => {
  test('runs programs, with nothing installed beside it', () => {
    expect(run(['run', 'hello.py'])).toMatchObject({ status: 0, stdout: 'hello\n' });
    expect(run(['run', 'main.ts'])).toMatchObject({ status: 0, stdout: 'hello\n' });
  });

  test('sets up clients, with nothing installed beside it', () => {
    const words = ['mcp', 'install', '--dry-run', '--force', '--client'];
    for (const client of ['codex', 'zed']) {
      const { status, stdout } = run([...words, client]);
      expect(status).toBe(0);
      expect(stdout).toContain('@cloche/mcp-server');
    }
  });

  test('serves the playground’s page, with nothing installed beside it', async () => {
    const child = spawn(process.execPath, [entry, 'ui', '--no-open', '--port', '0'], {
      cwd: directory,
      env: cliEnvironment(directory),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { origin } = new URL(line.toString().trim());
    const html = await (await fetch(origin)).text();
    const [, script = ''] = /<script [^>]*src="(?<path>[^"]+)"/u.exec(html) ?? [];
    expect(html).not.toContain('__CLOCHE_NONCE__');
    expect((await fetch(`${origin}${script}`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test.each([
    ['--help', ['--help']],
    ['a plain run', ['run', 'hello.py']],
  ])('loads nothing heavy for %s', (_, words) => {
    expect(packagesLoadedBy(words)).toEqual([]);
  });

  test.each([
    [['models'], []],
    [
      ['generate', 'x'],
      ['ai', '@ai-sdk/openai-compatible'],
    ],
  ])('has what %j needs inside, and loads the packages of no other service', async (words, packages) => {
    const server = await modelService([answer('print("hello")\n')]);
    const { exitCode, stdout, stderr } = await runCli(words, {
      directory,
      environment: modelEnvironment(server),
      argv: [process.execPath, '--import', path.join(directory, 'spy.mjs'), entry],
    });
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toBe(words[0] === 'models' ? '* test-model\n' : 'hello\n');
    const ofModels = packagesIn(stderr).filter((name) => name === 'ai' || name.startsWith('@ai-sdk/'));
    expect(ofModels).toEqual(packages);
  });

  test('begins with little, so that nearly all of it is read from the cache of compiled code', () => {
    const dist = path.join(directory, 'package/dist');
    const source = readFileSync(path.join(dist, 'bin.js'), 'utf8');
    const files = [...source.matchAll(/^import .* from "\.\/(?<name>[^"]+)";$/gmu)].map(
      (match) => match.groups?.['name'] ?? '',
    );
    const sizes = ['bin.js', ...files].map((name) => lstatSync(path.join(dist, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(16_000);
  });

  test('keeps its compiled code in a directory of this user alone', () => {
    run(['--version']);
    const cache = path.join(directory, 'cloche/cache/compile-cache');
    expect(lstatSync(cache).mode & 0o777).toBe(0o700);
    expect(readdirSync(cache)).not.toEqual([]);
  });

  test('gives an added executor the same classes that it uses', () => {
    packSamplePlugin(directory);
    plant(directory, 'refuse.py', '# refuse\n');
    expect(run(['executors', 'add', './somebodys-mirror-1.2.3.tgz'])).toMatchObject({ status: 0 });
    expect(run(['run', '--executor', 'mirror', 'hello.py'])).toMatchObject({
      status: 7,
      stdout: 'print("hello")\n',
    });
    expect(run(['run', '--executor', 'mirror', 'refuse.py'])).toMatchObject({
      status: 125,
      stderr: 'cloche: The mirror is broken.\n',
    });
  });

  test('tells an old Node.js what it lacks', () => {
    const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); require(${JSON.stringify(entry)});`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', old], { encoding: 'utf8' });
    expect(status).toBe(125);
    expect(stderr).toContain('22.18');
  });
});
