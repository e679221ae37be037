import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ClocheError } from '../../src/executor/index.ts';
import type { PluginDirectory } from '../../src/plugins/plugin-directory.ts';
import { pluginDirectory } from '../../src/plugins/plugin-directory.ts';
import { environment } from '../environment.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { packPlugin } from './plugin-fixture.ts';

const CONTRACT = new URL('../../src/executor/index.ts', import.meta.url).href;

interface Place {
  readonly home: string;
  readonly plugins: PluginDirectory;
  /** What npm asked the registry for. */
  readonly requests: readonly string[];
}

/** A user with an empty home directory, and a registry that knows nothing and remembers who asked. */
async function place(directory: string): Promise<Place> {
  const requests: string[] = [];
  const registry = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => {
    registry.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    registry.closeAllConnections();
    registry.close();
  });
  const { port } = registry.address() as AddressInfo;
  const home = join(directory, 'home');
  await mkdir(home, { mode: 0o700 });
  const plugins = pluginDirectory({
    environment: {
      PATH: environment['PATH'],
      HOME: home,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_cache: join(directory, 'npm-cache'),
      npm_config_fetch_retries: '0',
    },
    platform: process.platform,
    homeDirectory: home,
    workingDirectory: directory,
    contractModuleUrl: CONTRACT,
    builtInNames: ['local', 'docker'],
  });
  return { home, plugins, requests };
}

async function errorOf(action: Promise<unknown>): Promise<ClocheError> {
  const error: unknown = await action.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!ClocheError.isInstance(error)) throw new Error(`no ClocheError: ${String(error)}`);
  return error;
}

test('an executor outside the repository is added from its tarball and runs, with no registry asked', async () => {
  const directory = await temporaryDirectory();
  const { home, plugins, requests } = await place(directory);
  const tarball = await packPlugin(directory, { packageName: '@third/executor-glass' });

  const record = await plugins.addPlugin(tarball);
  expect(record).toMatchObject({ name: 'glass', package: '@third/executor-glass', version: '1.2.3' });
  expect(record.integrity).toMatch(/^sha512-/u);
  expect(await plugins.listPlugins()).toEqual([record]);
  expect(requests).toEqual([]);
  expect((await stat(join(home, '.local/share/cloche/plugins'))).mode & 0o777).toBe(0o700);

  const program = fileURLToPath(new URL('fixtures/run-added-plugin.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@cloche/source', program, home, 'glass'],
    // Whoever runs the tests may keep such data elsewhere.
    { env: { ...environment, XDG_DATA_HOME: undefined } },
  );
  // The very class of the process that loads it, although the plugin was installed with no copy of it.
  expect(JSON.parse(stdout)).toEqual({
    output: 'hello from glass\n',
    message: 'ran main.py',
    isSameClass: true,
  });
});

test('a copy of core that a plugin brings along is not used', async () => {
  const directory = await temporaryDirectory();
  const { home, plugins } = await place(directory);
  await plugins.addPlugin(await packPlugin(directory, { packageName: '@third/executor-glass' }));
  const copy = join(home, '.local/share/cloche/plugins/glass/node_modules/@cloche/core');
  await mkdir(copy, { recursive: true });
  await writeFile(
    join(copy, 'package.json'),
    '{"name":"@cloche/core","exports":{"./executor":"./e.js"},"type":"module"}',
  );
  await writeFile(join(copy, 'e.js'), 'throw new Error("the wrong copy");');
  expect((await plugins.loadPlugin('glass'))?.name).toBe('glass');
});

test.each([
  ['no executor', 'export default { specificationVersion: 1, name: "glass" };', 'optionsSchema'],
  ['no default export', 'export const plugin = 1;', 'default'],
  ['a later contract', 'export default { specificationVersion: 2 };', 'version 2'],
  ['a module that throws', 'throw new Error("broken inside");', 'broken inside'],
  [
    'a name that leaves the directory',
    'export default { specificationVersion: 1, name: "../x", optionsSchema: {}, create() {} };',
    'name',
  ],
  [
    'a built-in name',
    'export default { specificationVersion: 1, name: "local", create() {}, optionsSchema: { "~standard": { version: 1, vendor: "x", validate: (value) => ({ value }) } } };',
    'built in',
  ],
])('a package with %s is taken away again', async (_, source, reason) => {
  const directory = await temporaryDirectory();
  const { home, plugins } = await place(directory);
  const error = await errorOf(plugins.addPlugin(await packPlugin(directory, { packageName: 'odd', source })));
  expect(error.message).toContain(reason);
  expect(error.hint).not.toBeNull();
  expect(await readdir(join(home, '.local/share/cloche/plugins'))).toEqual([]);
  expect(await plugins.listPlugins()).toEqual([]);
});

test('scripts of a plugin do not run when it is added', async () => {
  const directory = await temporaryDirectory();
  const { plugins } = await place(directory);
  const mark = join(directory, 'script-ran');
  const scripts = { postinstall: `node -e "fs.writeFileSync('${mark}','')"` };
  await plugins.addPlugin(await packPlugin(directory, { packageName: 'sly', manifest: { scripts } }));
  await expect(stat(mark)).rejects.toThrow('ENOENT');
});

test('another version takes the place of the first, and a failed one leaves the first', async () => {
  const directory = await temporaryDirectory();
  const { plugins } = await place(directory);
  await plugins.addPlugin(await packPlugin(directory, { packageName: 'glasses', version: '1.0.0' }));
  await plugins.addPlugin(await packPlugin(directory, { packageName: 'glasses', version: '1.1.0' }));
  const broken = await packPlugin(directory, {
    packageName: 'glasses',
    version: '1.2.0',
    source: 'export default 1;',
  });
  await errorOf(plugins.addPlugin(broken));
  expect((await plugins.listPlugins()).map((record) => record.version)).toEqual(['1.1.0']);
  expect((await plugins.loadPlugin('glass'))?.name).toBe('glass');
});

test('what a module exports beside the executor can be had, with the same care', async () => {
  const directory = await temporaryDirectory();
  const { home, plugins } = await place(directory);
  await plugins.addPlugin(await packPlugin(directory, { packageName: 'glasses' }));
  const module = await plugins.importModule('glass');
  expect(module?.plugin.name).toBe('glass');
  expect(module?.exports['ErrorClass']).toHaveProperty('name', 'ClocheError');
  expect(await plugins.importModule('absent')).toBeNull();

  const manifest = join(home, '.local/share/cloche/plugins/glass/node_modules/glasses/package.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('1.2.3', '6.6.6'));
  expect((await errorOf(plugins.importModule('glass'))).message).toContain('6.6.6');
});

test('a plugin that is not the recorded version any more is refused', async () => {
  const directory = await temporaryDirectory();
  const { home, plugins } = await place(directory);
  await plugins.addPlugin(await packPlugin(directory, { packageName: 'glasses' }));
  const manifest = join(home, '.local/share/cloche/plugins/glass/node_modules/glasses/package.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('1.2.3', '6.6.6'));
  const error = await errorOf(plugins.loadPlugin('glass'));
  expect(error.code).toBe('ERR_EXECUTOR_FAILED');
  expect(error.message).toContain('6.6.6');
});

test('removing takes everything away, and an unknown name gets the nearest one', async () => {
  const directory = await temporaryDirectory();
  const { home, plugins } = await place(directory);
  await plugins.addPlugin(await packPlugin(directory, { packageName: 'glasses' }));
  const error = await errorOf(plugins.removePlugin('glas'));
  expect(error.code).toBe('ERR_EXECUTOR_NOT_FOUND');
  expect(error.hint).toContain('glass');
  await plugins.removePlugin('glass');
  expect(await readdir(join(home, '.local/share/cloche/plugins'))).toEqual([]);
  expect(await plugins.loadPlugin('glass')).toBeNull();
});

test('a short name is asked for in the scope of Cloche, and one that is not there is said to be so', async () => {
  const { plugins, requests } = await place(await temporaryDirectory());
  const error = await errorOf(plugins.addPlugin('nowhere'));
  expect(error.code).toBe('ERR_EXECUTOR_NOT_FOUND');
  expect(requests[0]?.toLowerCase()).toContain('@cloche%2fexecutor-nowhere');
});

test.each([
  '--ignore-scripts=false',
  '../glass',
  'git+https://example.org/x.git',
  'a b',
  './missing.tgz',
  'Glass',
  '',
])('the word %j is refused before npm runs', async (word) => {
  const { plugins, requests } = await place(await temporaryDirectory());
  expect((await errorOf(plugins.addPlugin(word))).code).toBe('ERR_REQUEST_INVALID');
  expect(requests).toEqual([]);
});

test('nothing is ever loaded from the working directory', async () => {
  const directory = await temporaryDirectory();
  const { plugins } = await place(directory);
  const planted = join(directory, 'node_modules/@cloche/executor-planted');
  await mkdir(planted, { recursive: true });
  await writeFile(
    join(planted, 'package.json'),
    '{"name":"@cloche/executor-planted","type":"module","exports":"./i.js"}',
  );
  await writeFile(join(planted, 'i.js'), `throw new Error('planted code ran')`);
  expect(await plugins.loadPlugin('planted')).toBeNull();
  expect(await plugins.loadPlugin('../planted')).toBeNull();
  expect(await plugins.listPlugins()).toEqual([]);
});

test('a plugin directory that is reached through a symbolic link of the user works', async () => {
  const directory = await temporaryDirectory();
  const { home, plugins } = await place(directory);
  await mkdir(join(directory, 'elsewhere'), { mode: 0o700 });
  await mkdir(join(home, '.local/share'), { recursive: true, mode: 0o700 });
  await symlink(join(directory, 'elsewhere'), join(home, '.local/share/cloche'));
  await plugins.addPlugin(await packPlugin(directory, { packageName: 'glasses' }));
  expect((await plugins.loadPlugin('glass'))?.name).toBe('glass');
});
