import { execFile } from 'node:child_process';
import { chown, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';
import { load, PROJECT_FILE, refusal, USER_FILE } from './load-given.ts';

describe('the project is not trusted', () => {
  test.each<[string, string]>([
    ['executor = "local"', 'executor'],
    ['auto.order = ["local"]', 'auto.order'],
    ['network = "full"', 'network'],
    ['locale = "zh"', 'locale'],
    ['[local]\nsandbox = "off"', 'local.sandbox'],
    ['[docker]\nhost = "tcp://evil:2375"', 'docker.host'],
    ['[docker.images]\npython = "evil.example/python"', 'docker.images.python'],
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

  test('a file of another user is ignored, with a warning (needs root)', async ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can give a file away');
    const root = await temporaryDirectory();
    const path = join(root, PROJECT_FILE);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'executor = "evil"');
    await chown(path, 12_345, 12_345);
    const loaded = await load({}, root);
    expect(loaded.config.executor).toBe('auto');
    expect(loaded.warnings.map((warning) => warning.en)).toEqual([expect.stringContaining('another user')]);
  });

  test.each(['a named pipe', 'a device'])('%s in its place does not hang', async (kind) => {
    const root = await temporaryDirectory();
    await mkdir(join(root, 'home/project'), { recursive: true });
    if (kind === 'a device') await symlink('/dev/zero', join(root, PROJECT_FILE));
    else await promisify(execFile)('mkfifo', [join(root, PROJECT_FILE)]);
    await expect(load({}, root)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
  });
});
