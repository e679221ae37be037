import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Those that sandboxes have: bash with GNU's programs, or busybox for everything. */
export const SHELLS = ['bash', 'busybox'] as const;

export interface Shell {
  /** Runs a script in a directory; gives what it wrote on stdout. */
  run(script: string, directory: string): Buffer;
}

/** Null where this machine lacks it, or is not Linux, as every sandbox is. */
export function findShell(name: (typeof SHELLS)[number]): Shell | null {
  if (process.platform !== 'linux') return null;
  const file = ['/bin', '/usr/bin'].map((place) => path.join(place, name)).find((place) => existsSync(place));
  if (file === undefined) return null;
  const argv = name === 'busybox' ? ['sh', '-c'] : ['-c'];
  const programs = name === 'busybox' ? installBusybox(file) : '/usr/bin:/bin';
  return {
    run: (script, directory) =>
      execFileSync(file, [...argv, script], {
        cwd: directory,
        env: { PATH: programs, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
  };
}

/** A directory of the test's own, gone after it. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'cloche-sandbox-agent-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function installBusybox(file: string): string {
  const directory = temporaryDirectory();
  execFileSync(file, ['--install', '-s', directory]);
  return directory;
}
