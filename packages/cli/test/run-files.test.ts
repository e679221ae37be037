import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from './support/cli-process.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();

plant(
  directory,
  'list.py',
  'import os\nfor root, _, names in os.walk("."):\n  for name in names:\n    path = os.path.join(root, name)[2:]\n    print(path, open(path, "rb").read()[:20])\n',
);

async function listed(...words: string[]): Promise<string[]> {
  const { stdout } = await runCli(['run', ...words], { directory });
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('list.py '))
    .toSorted();
}

describe('--file', () => {
  plant(directory, 'data/a.csv', 'A');
  plant(directory, 'data/sub/b.csv', 'B');

  test('puts a file where it lies as seen from here', async () => {
    expect(await listed('list.py', '--file', 'data/a.csv')).toEqual(["data/a.csv b'A'"]);
  });

  test('puts it where the destination says', async () => {
    expect(
      await listed('list.py', '--file', 'data/a.csv:in/x.csv', '--file', 'data/sub/b.csv:y.csv'),
    ).toEqual(["in/x.csv b'A'", "y.csv b'B'"]);
  });

  test('takes a directory with everything in it', async () => {
    expect(await listed('list.py', '--file', 'data')).toEqual(["data/a.csv b'A'", "data/sub/b.csv b'B'"]);
  });

  test('puts the neighbours of a program beside it, and the program in once', async () => {
    plant(directory, 'app/main.py', 'import helper; print(helper.NAME)');
    plant(directory, 'app/helper.py', 'NAME = "helped"');
    const result = await runCli(['run', 'app/main.py', '--file', 'app'], { directory });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'helped\n' });
  });

  test('takes a name that only a hostile file would have', async () => {
    const name = '$(id) -x "a".csv';
    plant(directory, name, 'odd');
    expect(await listed('list.py', '--file', name)).toEqual([`${name} b'odd'`]);
  });

  test('follows a link that stays inside, and refuses one that leaves', async () => {
    plant(directory, 'links/real.txt', 'R');
    symlinkSync('real.txt', path.join(directory, 'links/inside.txt'));
    expect(await listed('list.py', '--file', 'links')).toEqual([
      "links/inside.txt b'R'",
      "links/real.txt b'R'",
    ]);
    symlinkSync('/etc/passwd', path.join(directory, 'links/outside.txt'));
    for (const word of ['links', 'links/outside.txt']) {
      const result = await runCli(['run', 'list.py', '--file', word], { directory });
      expect(result).toMatchObject({ exitCode: 2, stdout: '' });
      expect(result.stderr).toMatch(/links\/outside\.txt is a symbolic link to \/etc\/passwd/u);
    }
  });
});

describe('what the program wrote', () => {
  plant(
    directory,
    'write.py',
    'import os\nos.makedirs("deep/er")\nopen("top.txt", "w").write("top")\nopen("deep/er/b.bin", "wb").write(bytes(range(256)))\nopen("run.sh", "w").write("#!/bin/sh")\nos.chmod("run.sh", 0o755)\n',
  );

  test('is named in one quiet line, and nothing of it stays here', async () => {
    const { stdout, stderr } = await runCli(['run', 'write.py'], { directory });
    expect(stdout).toBe('');
    expect(stderr).toBe('cloche: The program wrote deep/er/b.bin, run.sh, top.txt (keep with --out DIR)\n');
    expect(existsSync(path.join(directory, 'top.txt'))).toBe(false);
  });

  test('is kept in the directory of --out, which is made', async () => {
    const { exitCode, stderr } = await runCli(['run', 'write.py', '--out', 'made/here'], { directory });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const out = path.join(directory, 'made/here');
    expect(readdirSync(out, { recursive: true }).map(String).toSorted()).toEqual([
      'deep',
      'deep/er',
      'deep/er/b.bin',
      'run.sh',
      'top.txt',
    ]);
    expect(readFileSync(path.join(out, 'deep/er/b.bin'))).toHaveLength(256);
  });

  test('replaces a link that lies in its place and never writes through it', async () => {
    plant(directory, 'precious.txt', 'precious');
    mkdirSync(path.join(directory, 'trap'));
    symlinkSync('../precious.txt', path.join(directory, 'trap/top.txt'));
    linkSync(path.join(directory, 'precious.txt'), path.join(directory, 'trap/run.sh'));
    const { exitCode } = await runCli(['run', 'write.py', '--out', 'trap'], { directory });
    expect(exitCode).toBe(0);
    expect(readFileSync(path.join(directory, 'precious.txt'), 'utf8')).toBe('precious');
    expect(readFileSync(path.join(directory, 'trap/top.txt'), 'utf8')).toBe('top');
  });

  test('is refused where a link to a directory would lead it away', async () => {
    mkdirSync(path.join(directory, 'elsewhere'));
    mkdirSync(path.join(directory, 'lure'));
    symlinkSync('../elsewhere', path.join(directory, 'lure/deep'));
    const { exitCode, stderr } = await runCli(['run', 'write.py', '--out', 'lure'], { directory });
    expect(exitCode).toBe(125);
    expect(stderr).toContain('lure/deep');
    expect(readdirSync(path.join(directory, 'elsewhere'))).toEqual([]);
  });

  test('with a name that would steer the terminal is shown harmlessly', async () => {
    plant(directory, 'steer.py', 'open("a\\x1b[2Jb\\n\\u202e.txt", "w").write("x")');
    const { stderr } = await runCli(['run', 'steer.py'], { directory });
    expect(stderr).toBe(
      'cloche: The program wrote "a\\u{1b}[2Jb\\u{a}\\u{202e}.txt" (keep with --out DIR)\n',
    );
  });
});

describe('--env', () => {
  plant(
    directory,
    'variables.py',
    'import os; print(os.environ.get("GIVEN"), os.environ.get("TAKEN"), os.environ.get("SECRET"))',
  );

  test('gives a value, takes the one from here, and nothing else of the host’s reaches the program', async () => {
    const { stdout } = await runCli(['run', '--env', 'GIVEN=a=b c', '-e', 'TAKEN', 'variables.py'], {
      directory,
      environment: { TAKEN: 'from here', SECRET: 'canary' },
    });
    expect(stdout).toBe('a=b c from here None\n');
  });
});
