import { spawn } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { environment } from '../../src/environment.ts';
import { ROOT_DIRECTORY } from './page.ts';

export interface ShellResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Makes a directory look like a clone of the repository to commands that readers copy: the examples are
 * there, and `cloche` runs from source. What commands write stays in the directory.
 */
export async function prepareShellDirectory(directory: string): Promise<void> {
  await symlink(path.join(ROOT_DIRECTORY, 'examples'), path.join(directory, 'examples'));
  await mkdir(path.join(directory, 'bin'));
  const program = path.join(ROOT_DIRECTORY, 'packages/cli/src/bin.ts');
  const words = [process.execPath, '--conditions=@cloche/source', program]
    .map((word) => `'${word}'`)
    .join(' ');
  await writeFile(path.join(directory, 'bin/cloche'), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
}

/**
 * Runs one line as a reader's shell runs it, in English, with nothing on stdin and without the reader's configuration.
 *
 * @param more variables beside those of this process
 */
export async function runInShell(
  command: string,
  directory: string,
  more: Readonly<Record<string, string>> = {},
): Promise<ShellResult> {
  const own = Object.entries(environment).filter(
    ([name]) => !/^(?:CLOCHE|DAYTONA)_|_(?:API_KEY|BASE_URL)$/u.test(name),
  );
  const child = spawn('bash', ['-c', command.replaceAll(/npm run (?:--silent )?cloche -- /gu, 'cloche ')], {
    cwd: directory,
    env: {
      ...Object.fromEntries(own),
      PATH: `${path.join(directory, 'bin')}:${environment['PATH'] ?? ''}`,
      XDG_CONFIG_HOME: path.join(directory, 'config'),
      CLOCHE_LANG: 'en',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [exitCode, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { exitCode, stdout, stderr };
}
