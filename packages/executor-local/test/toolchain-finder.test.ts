import { access, chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createExecutorHost } from '@cloche/core';
import type { ToolchainProgram } from '@cloche/core/executor';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { findOnPath } from '../src/toolchain/find-on-path.ts';
import type { LocatedProgram } from '../src/toolchain/located-program.ts';
import { ToolchainFinder } from '../src/toolchain/toolchain-finder.ts';
import { skipWithoutShellScripts } from './skip-without-shell-scripts.ts';

const PYTHON: ToolchainProgram = {
  name: 'python3',
  versionArguments: ['--version'],
  versionPattern: /Python (\S+)/u,
};

describe('looking for a toolchain', () => {
  let directory: string;

  beforeEach(async (context) => {
    skipWithoutShellScripts(context);
    directory = await realpath(await mkdtemp(path.join(os.tmpdir(), 'cloche-finder-')));
    onTestFinished(() => rm(directory, { recursive: true }));
  });

  /** A program of this test; each start of it leaves a line in the journal. */
  async function plant(name: string, script: string): Promise<string> {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `#!/bin/sh\necho ${name} >> '${directory}/journal'\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }

  /** An interpreter that tells its version and where it is, as far as it is asked here. */
  function plantInterpreter(name: string, version: string): Promise<string> {
    return plant(name, `case $1 in --version) echo 'Python ${version}';; -I) echo "$0";; esac`);
  }

  async function starts(): Promise<string[]> {
    const journal = await readFile(path.join(directory, 'journal'), 'utf8').catch(() => '');
    return journal.split('\n').filter((line) => line !== '');
  }

  /** As a new process with this PATH would look. */
  function locate(...searchPath: string[]): Promise<LocatedProgram | null> {
    const environment = {
      PATH: searchPath.join(path.delimiter),
      CLOCHE_HOME: path.join(directory, 'cloche'),
    };
    return new ToolchainFinder(createExecutorHost({ environment })).locate(PYTHON);
  }

  test("a version manager's shim is resolved to the interpreter behind it", async () => {
    const real = await plantInterpreter('versions/3.99.1/bin/python3', '3.99.1');
    const shim = await plant('shims/python3', `exec '${real}' "$@"`);
    expect(await locate(path.dirname(shim))).toMatchObject({
      path: real,
      version: '3.99.1',
      directories: [path.join(directory, 'versions/3.99.1')],
    });
  });

  test.each([
    ['relative', (absolute: string) => path.relative(process.cwd(), absolute)],
    ['an npm directory', (absolute: string) => absolute],
    ['an npm directory, with a slash at its end', (absolute: string) => `${absolute}/`],
  ])('a program of the repository is never started where the entry is %s', async (what, entry) => {
    const planted = what === 'relative' ? 'project/bin' : 'project/node_modules/.bin';
    const marker = path.join(directory, 'marker');
    await plant(`${planted}/python3`, `touch '${marker}'; echo 'Python 6.6.6'`);
    const real = await plantInterpreter('real/python3', '3.99.2');
    const found = await locate(entry(path.join(directory, planted)), '', '.', path.dirname(real));
    expect(found).toMatchObject({ path: real, version: '3.99.2' });
    await expect(access(marker)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await starts()).not.toContain(`${planted}/python3`);
  });

  test('a directory named by where one stands is no place to look', async () => {
    const planted = path.dirname(await plant('project/bin/python3', 'true'));
    const relative = path.relative(process.cwd(), planted);
    const found = await findOnPath('python3', { PATH: [relative, planted].join(path.delimiter) });
    expect(found[0]).toBe(path.join(planted, 'python3'));
    expect(found.filter((file) => !path.isAbsolute(file))).toEqual([]);
  });

  test.each([
    ['fails', 'exit 1'],
    ['says nothing of where it is', 'true'],
    ['names an interpreter that is not there', 'echo /nowhere/python3'],
    ['names a relative one', 'echo python3'],
  ])('a first candidate that %s is passed over', async (_, script) => {
    const broken = await plant('broken/python3', script);
    const real = await plantInterpreter('real/python3', '3.99.3');
    expect(await locate(path.dirname(broken), path.dirname(real))).toMatchObject({
      path: real,
      version: '3.99.3',
    });
    expect((await starts())[0]).toBe('broken/python3');
  });

  test('what was found is remembered, and no process is started the second time', async () => {
    const real = await plantInterpreter('real/python3', '3.99.4');
    const first = await locate(path.dirname(real));
    const before = await starts();
    expect(before.length).toBeGreaterThan(0);
    expect(await locate(path.dirname(real))).toMatchObject({ ...first });
    expect(await starts()).toEqual(before);
  });

  test.each(['shims/python3', 'versions/bin/python3'])(
    'and is looked for again once %s has changed',
    async (changed) => {
      const old = await plantInterpreter('versions/bin/python3', '3.99.5');
      const shim = await plant('shims/python3', `exec '${old}' "$@"`);
      expect(await locate(path.dirname(shim))).toMatchObject({ version: '3.99.5' });
      if (changed === 'versions/bin/python3') await plantInterpreter(changed, '3.99.60');
      else {
        const other = await plantInterpreter('other/bin/python3', '3.99.60');
        await plant(changed, `exec '${other}' "$@"`);
      }
      expect(await locate(path.dirname(shim))).toMatchObject({ version: '3.99.60' });
    },
  );
});
