import { describe, expect, test } from 'vitest';
import { runCli } from './support/cli-process.ts';
import { plant, temporaryDirectory, temporaryDirectoryOfTest } from './support/temporary-directory.ts';

const directory = temporaryDirectory();
const userFile = plant(
  directory,
  'cloche/config/config.toml',
  'network = "full"\n\n[limits]\nmemory = "1GiB"\n\n[daytona]\napiKey = "dtn_abcdefghijklmnop"\n',
  0o600,
);

describe('cloche config', () => {
  test('--sources says where each value came from, and shows no secret', async () => {
    const { exitCode, stdout } = await runCli(['config', '--sources'], {
      directory,
      environment: { CLOCHE_TIMEOUT: '30s' },
    });
    expect(exitCode).toBe(0);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/u));
    expect(rows).toContainEqual(['limits.timeout', '30s', 'CLOCHE_TIMEOUT']);
    expect(rows).toContainEqual(['limits.processes', '256', 'default']);
    expect(stdout).toContain('…mnop');
    expect(stdout).not.toContain('abcdefghijkl');
    // A path may be wrapped, but is all there.
    expect(stdout.replaceAll(/\s+/gu, '')).toContain(`${userFile}:1`);
  });

  test('is a flat object for programs, secrets shortened there too', async () => {
    const { stdout } = await runCli(['config', '--json'], { directory });
    expect(JSON.parse(stdout)).toMatchObject({
      executor: 'local',
      network: 'full',
      'auto.order': ['docker', 'local'],
      'limits.memory': 1024 ** 3,
      'daytona.apiKey': '…mnop',
    });
    const { stdout: sources } = await runCli(['config', '--json', '--sources'], { directory });
    expect(JSON.parse(sources)).toContainEqual({
      key: 'limits.memory',
      value: 1024 ** 3,
      source: { kind: 'user', name: `${userFile}:4` },
    });
  });

  test('that is invalid is an error with file, line and key, for a run too', async () => {
    const other = temporaryDirectoryOfTest();
    const file = plant(other, 'cloche/config/config.toml', 'network = "none"\n[limits]\nmemry = "1GiB"\n');
    plant(other, 'hello.py', 'print(1)');
    for (const words of [['config'], ['run', 'hello.py']]) {
      const { exitCode, stdout, stderr } = await runCli(words, { directory: other });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain(`${file}:3`);
      expect(stderr).toMatch(/memry.*\nhint: .*memory/u);
    }
  });

  test('import takes over what a Streamlit project has, on request alone', async () => {
    const other = temporaryDirectoryOfTest();
    plant(other, '.streamlit/secrets.toml', 'DAYTONA_API_KEY = "dtn_0123456789wxyz"\nOTHER = "left"\n');
    const before = await runCli(['config', '--json'], { directory: other });
    expect(JSON.parse(before.stdout)).toMatchObject({ 'daytona.apiKey': null });
    const imported = await runCli(['config', 'import'], { directory: other });
    expect(imported.exitCode).toBe(0);
    expect(imported.stdout).toContain('daytona.apiKey');
    const after = await runCli(['config', '--json'], { directory: other });
    expect(JSON.parse(after.stdout)).toMatchObject({ 'daytona.apiKey': '…wxyz' });
  });
});
