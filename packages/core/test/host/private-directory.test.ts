import { chmod, chown, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { ClocheError } from '../../src/executor/index.ts';
import { baseDirectories } from '../../src/host/base-directories.ts';
import { createExecutorHost } from '../../src/host/create-executor-host.ts';
import { skipWithoutFileModes } from '../skip-without-file-modes.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

async function permissions(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

async function refusal(action: Promise<unknown>): Promise<ClocheError> {
  const error: unknown = await action.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!ClocheError.isInstance(error)) throw new Error(`no ClocheError: ${String(error)}`);
  expect(error).toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    hint: expect.stringContaining('export CLOCHE_HOME=') as string,
  });
  return error;
}

describe('where they are', () => {
  test.each<[NodeJS.Platform, Record<string, string>, string | null, Record<string, string>]>([
    [
      'linux',
      {},
      '/home/ada',
      {
        cache: '/home/ada/.cache/cloche',
        state: '/home/ada/.local/state/cloche',
        config: '/home/ada/.config/cloche',
        data: '/home/ada/.local/share/cloche',
      },
    ],
    [
      'linux',
      { XDG_CACHE_HOME: '/x/c', XDG_DATA_HOME: 'relative' },
      '/home/ada',
      { cache: '/x/c/cloche', data: '/home/ada/.local/share/cloche' },
    ],
    [
      'linux',
      { CLOCHE_HOME: '/srv/cloche', XDG_CACHE_HOME: '/x' },
      null,
      { cache: '/srv/cloche/cache', config: '/srv/cloche/config' },
    ],
    [
      'darwin',
      {},
      '/Users/ada',
      {
        cache: '/Users/ada/Library/Caches/cloche',
        data: '/Users/ada/Library/Application Support/cloche/data',
        config: '/Users/ada/.config/cloche',
      },
    ],
    [
      'win32',
      { LOCALAPPDATA: 'D:\\Local' },
      'C:\\Users\\ada',
      { cache: 'D:\\Local\\cloche\\cache', config: 'C:\\Users\\ada\\AppData\\Roaming\\cloche' },
    ],
  ])('on %s with %j and the home %j', (platform, environment, homeDirectory, expected) => {
    expect(baseDirectories({ platform, environment, homeDirectory })).toMatchObject(expected);
  });

  test.each<[Record<string, string>, string]>([
    [{}, 'HOME is not set'],
    [{ CLOCHE_HOME: 'here' }, 'CLOCHE_HOME is "here", which is relative'],
  ])('with %j and no home there is a way out', (environment, message) => {
    const find = (): unknown => baseDirectories({ platform: 'linux', environment, homeDirectory: null });
    expect(find).toThrow(message);
  });
});

describe('whose they are (Windows has no such owners)', () => {
  beforeEach(skipWithoutFileModes);

  test('it is made for this user alone, with what is missing above it', async () => {
    const home = await temporaryDirectory();
    const host = createExecutorHost({ environment: {}, homeDirectory: home, platform: 'linux' });
    const directory = await host.privateDirectory('cache', 'go');
    expect(directory).toBe(join(home, '.cache/cloche/go'));
    for (const path of ['.cache', '.cache/cloche', '.cache/cloche/go'])
      expect(await permissions(join(home, path)), path).toBe(0o700);
    expect(await host.privateDirectory('cache', 'go')).toBe(directory);
    expect(await host.privateDirectory('state', 'runs')).toBe(join(home, '.local/state/cloche/runs'));
  });

  test('it is made again after it was deleted', async () => {
    const home = await temporaryDirectory();
    const host = createExecutorHost({ environment: {}, homeDirectory: home, platform: 'linux' });
    await rm(await host.privateDirectory('cache', 'go'), { recursive: true });
    expect(await permissions(await host.privateDirectory('cache', 'go'))).toBe(0o700);
  });

  test('one that is open to others is closed', async () => {
    const home = await temporaryDirectory();
    await mkdir(join(home, '.cache/cloche/go'), { recursive: true });
    await chmod(join(home, '.cache/cloche'), 0o777);
    await chmod(join(home, '.cache/cloche/go'), 0o755);
    const directory = await createExecutorHost({
      environment: {},
      homeDirectory: home,
      platform: 'linux',
    }).privateDirectory('cache', 'go');
    expect([await permissions(directory), await permissions(join(home, '.cache/cloche'))]).toEqual([
      0o700, 0o700,
    ]);
  });

  test('a symbolic link to a directory of one’s own is followed', async () => {
    const home = await temporaryDirectory();
    await mkdir(join(home, 'elsewhere'));
    await symlink(join(home, 'elsewhere'), join(home, 'cloche'));
    const host = createExecutorHost({ environment: { XDG_CACHE_HOME: home }, platform: 'linux' });
    await host.privateDirectory('cache', 'go');
    expect(await permissions(join(home, 'elsewhere/go'))).toBe(0o700);
  });

  test('one of somebody else is refused, by a symbolic link as well (needs root)', async ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can give a directory away');
    const home = await temporaryDirectory();
    await mkdir(join(home, 'theirs/cloche'), { recursive: true });
    await chown(join(home, 'theirs/cloche'), 12_345, 12_345);
    const direct = createExecutorHost({
      environment: { XDG_CACHE_HOME: join(home, 'theirs') },
      platform: 'linux',
    });
    expect((await refusal(direct.privateDirectory('cache', 'go'))).message).toContain(
      'belongs to another user',
    );
    await mkdir(join(home, 'mine'));
    await symlink(join(home, 'theirs/cloche'), join(home, 'mine/cloche'));
    const linked = createExecutorHost({
      environment: { XDG_CACHE_HOME: join(home, 'mine') },
      platform: 'linux',
    });
    expect((await refusal(linked.privateDirectory('cache', 'go'))).message).toContain(
      'belongs to another user',
    );
  });

  test('one below a directory that everybody may write to is refused', async () => {
    const home = await temporaryDirectory();
    await chmod(home, 0o777);
    const host = createExecutorHost({ environment: { XDG_CACHE_HOME: home }, platform: 'linux' });
    expect((await refusal(host.privateDirectory('cache', 'go'))).message).toContain(
      'can be written by other users',
    );
  });

  test('a file in its place is refused', async () => {
    const home = await temporaryDirectory();
    await writeFile(join(home, 'cloche'), '');
    const host = createExecutorHost({ environment: { XDG_CACHE_HOME: home }, platform: 'linux' });
    expect((await refusal(host.privateDirectory('cache', 'go'))).message).toContain(join(home, 'cloche'));
  });

  test('a place that cannot be written is refused with a way out', async () => {
    const host = createExecutorHost({ environment: { CLOCHE_HOME: '/proc/nowhere' }, platform: 'linux' });
    expect((await refusal(host.privateDirectory('cache', 'go'))).message).toContain('/proc/nowhere');
    await refusal(
      createExecutorHost({ environment: {}, homeDirectory: null, platform: 'linux' }).privateDirectory(
        'state',
        'x',
      ),
    );
  });

  test.each(['..', '.', 'a/b', '', '-x', '\0'])('the name %j is none', async (name) => {
    const host = createExecutorHost({
      environment: {},
      homeDirectory: await temporaryDirectory(),
      platform: 'linux',
    });
    await expect(host.privateDirectory('cache', name)).rejects.toMatchObject({ code: 'ERR_INTERNAL' });
  });
});
