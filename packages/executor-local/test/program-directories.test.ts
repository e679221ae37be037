import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { programDirectories } from '../src/toolchain/program-directories.ts';

describe('the directories that a sandbox shows of a toolchain', () => {
  let home: string;

  beforeEach(async () => {
    home = await realpath(await mkdtemp(path.join(os.tmpdir(), 'cloche-home-')));
    vi.stubEnv('HOME', home);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(home, { recursive: true });
  });

  async function program(name: string): Promise<string> {
    const file = path.join(home, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '', { mode: 0o755 });
    return file;
  }

  test.each([
    ['an installation of its own', 'tools/python/bin/python3', 'tools/python'],
    ['one in a directory of versions', '.pyenv/versions/3.14/bin/python3', '.pyenv/versions/3.14'],
    ['a program beside others, not in a bin', 'tools/jq/jq', 'tools/jq'],
    ['~/bin', 'bin/python3', 'bin'],
    ['~/.local/bin', '.local/bin/python3', '.local/bin'],
    ['~/.local/share/bin', '.local/share/bin/python3', '.local/share/bin'],
    ['~/.config/bin', '.config/bin/python3', '.config/bin'],
    ['~/.local itself', '.local/python3', '.local/python3'],
    ['~/.cache itself', '.cache/python3', '.cache/python3'],
    ['the home directory itself', 'python3', 'python3'],
  ])('%s: that and no more', async (_, file, shown) => {
    expect(await programDirectories(await program(file))).toEqual([path.join(home, shown)]);
  });

  test('a link: what it stands in and what it leads to', async () => {
    const real = await program('.local/share/uv/python/cpython-3.14/bin/python3.14');
    const link = path.join(home, '.local/bin/python3');
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(real, link);
    expect(await programDirectories(link)).toEqual([
      path.join(home, '.local/bin'),
      path.join(home, '.local/share/uv/python/cpython-3.14'),
    ]);
  });

  test('a program of the system: nothing, since the system is shown anyway', async () => {
    expect(await programDirectories('/bin/sh')).toEqual([]);
  });
});
