import { lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ConfigKey } from '../../src/config/config-key.ts';
import type { TomlValue } from '../../src/config/edit-config-text.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { LoadConfigInput } from '../../src/config/load-config.ts';
import { saveConfigValues } from '../../src/config/save-config-values.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

async function place(
  own: string | null,
  project: string | null = null,
): Promise<{ input: LoadConfigInput; file: string }> {
  const root = await temporaryDirectory();
  const file = join(root, 'home/.config/cloche/config.toml');
  await mkdir(join(root, 'project/.git'), { recursive: true });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  if (own !== null) await writeFile(file, own, { mode: 0o644 });
  if (project !== null) await writeFile(join(root, 'project/cloche.toml'), project);
  return {
    input: {
      environment: {},
      workingDirectory: join(root, 'project'),
      homeDirectory: join(root, 'home'),
      platform: 'linux',
    },
    file,
  };
}

function values(given: Partial<Record<ConfigKey, TomlValue>>): ReadonlyMap<ConfigKey, TomlValue> {
  return new Map(Object.entries(given) as [ConfigKey, TomlValue][]);
}

const FULL = `# mine
executor = "local" # for now

[limits] # small machine
timeout = '30s'   # as long as a test
memory = "1GB"

# the account of the team
[daytona]
apiKey = "dtn_before_before"
target = "eu"
`;

describe('saving values into the user’s own file', () => {
  test('changes these values and not a character beside them', async () => {
    const { input, file } = await place(FULL);
    await saveConfigValues(
      input,
      values({ executor: 'docker', 'limits.timeout': '90s', 'daytona.apiKey': 'dtn_"quoted"_\\_after' }),
    );
    expect(await readFile(file, 'utf8')).toBe(
      FULL.replace('"local"', '"docker"')
        .replace("'30s'", '"90s"')
        .replace('"dtn_before_before"', JSON.stringify('dtn_"quoted"_\\_after')),
    );
    const { config } = await loadConfig(input);
    expect(config.executorOptions['daytona']).toMatchObject({
      apiKey: 'dtn_"quoted"_\\_after',
      target: 'eu',
    });
  });

  test('puts what is new below the head of its table, or into a table of its own', async () => {
    const { input, file } = await place(FULL);
    await saveConfigValues(
      input,
      values({ 'daytona.apiUrl': 'https://d.example', 'generator.maxAttempts': 4 }),
    );
    expect(await readFile(file, 'utf8')).toBe(
      `${FULL.replace('[daytona]\n', '[daytona]\napiUrl = "https://d.example"\n')}\n[generator]\nmaxAttempts = 4\n`,
    );
  });

  test('puts a key of no table behind the others', async () => {
    const { input, file } = await place(FULL);
    await saveConfigValues(input, values({ network: 'full' }));
    expect(await readFile(file, 'utf8')).toBe(FULL.replace('# for now\n', '# for now\nnetwork = "full"\n'));
  });

  test('takes a key out, and what stands around it stays', async () => {
    const { input, file } = await place(FULL);
    await saveConfigValues(input, values({ 'daytona.apiKey': null, 'generator.model': null }));
    expect(await readFile(file, 'utf8')).toBe(FULL.replace('apiKey = "dtn_before_before"\n', ''));
  });

  test.each<[string, string | null]>([
    ['no file', null],
    ['an empty file', '\n'],
    ['dotted keys', 'limits.memory = "1GB"\n'],
    ['a file without a last line break', '[limits]\nmemory = "1GB"'],
    ['line breaks of Windows', '# mine\r\n[limits]\r\nmemory = "1GB"\r\n'],
  ])('writes into %s', async (_, own) => {
    const { input, file } = await place(own);
    await saveConfigValues(input, values({ network: 'full', 'limits.timeout': '5s' }));
    const { config } = await loadConfig(input);
    expect(config).toMatchObject({ network: 'full', limits: { runTimeoutMs: 5000 } });
    const lines = (await readFile(file, 'utf8')).split('\n');
    expect(lines).toEqual(expect.arrayContaining((own ?? '').replace(/\n+$/u, '').split('\n')));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(dirname(file))).toEqual(['config.toml']);
  });

  test('replaces the file behind a link and leaves the link', async () => {
    const { input, file } = await place(null);
    const behind = join(dirname(input.workingDirectory), 'dotfiles.toml');
    await writeFile(behind, '# kept elsewhere\n');
    await symlink(behind, file);
    await saveConfigValues(input, values({ network: 'full' }));
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect(await readFile(behind, 'utf8')).toContain('# kept elsewhere');
    expect((await stat(behind)).mode & 0o777).toBe(0o600);
  });

  test.each<[string, string | null, string | null, Partial<Record<ConfigKey, TomlValue>>, string]>([
    [
      'a table on one line',
      'daytona = { apiKey = "dtn_mine" }\n',
      null,
      { 'daytona.apiKey': 'dtn_other' },
      'do not fit',
    ],
    [
      'a text over several lines',
      '[generator]\nmodel = """\na"""\n',
      null,
      { 'generator.model': 'b' },
      'do not fit',
    ],
    ['what is no TOML', 'limits = [', null, { network: 'full' }, 'config.toml:1'],
    ['a value out of bounds', '# mine\n', null, { 'limits.timeout': '0s' }, 'limits.timeout'],
    [
      'a limit below what the project’s file lowers it to',
      '# mine\n',
      '[limits]\ntimeout = "10s"\n',
      { 'limits.timeout': '5s' },
      'cloche.toml',
    ],
  ])('refuses %s, and nothing is changed', async (_, own, project, given, message) => {
    const { input, file } = await place(own, project);
    await expect(saveConfigValues(input, values(given))).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining(message) as string,
    });
    expect(await readFile(file, 'utf8')).toBe(own);
    expect(await readdir(dirname(file))).toEqual(['config.toml']);
  });
});
