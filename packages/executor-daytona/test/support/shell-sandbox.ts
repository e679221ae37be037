import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Job } from '../../src/agent/job.ts';
import type { JobSandbox } from '../../src/execution/job-dialogue.ts';
import { DEFAULT_TIMING } from '../../src/service/timing.ts';

/** This machine's shell where a sandbox would be, for tests of what the agent does. */
export interface ShellSandbox extends JobSandbox {
  /** Scripts that were run. */
  readonly scripts: readonly string[];
}

export function shellSandbox(shell: string, environment: Readonly<Record<string, string>>): ShellSandbox {
  const scripts: string[] = [];
  return {
    scripts,
    state: 'started',
    timing: DEFAULT_TIMING,
    execute: (script) => {
      scripts.push(script);
      return runShell(shell, script, environment);
    },
    upload: async (files) => {
      for (const file of files) {
        await mkdir(path.dirname(file.path), { recursive: true });
        await writeFile(file.path, file.content);
      }
    },
    refresh: () => Promise.resolve(),
  };
}

function runShell(
  shell: string,
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(shell, [], { env: { ...environment }, stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    const take = (data: Buffer): void => {
      output += data.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', () => resolve(output));
    child.stdin.end(script);
  });
}

const TOOLS =
  'mkfifo dd base64 tar head find grep cat sleep mkdir rm tr chmod env getconf id setsid sh python3 kill touch cp mv ls';

/** A PATH with everything that the agent needs but bash. */
export async function pathWithoutBash(): Promise<{ directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-no-bash-'));
  for (const name of TOOLS.split(' ')) {
    const places = ['/usr/bin', '/bin'].map((place) => path.join(place, name));
    await symlink(places[0] ?? '', path.join(directory, name));
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

export function testJob(argv: readonly string[], rest: Partial<Job> = {}): Job {
  const id = `test${randomBytes(10).toString('hex')}`;
  return {
    id,
    places: `/tmp/cloche-${id}`,
    keepsFiles: false,
    formerIds: [],
    programs: [],
    files: [],
    compile: null,
    run: { argv, timeoutMs: 10_000 },
    environment: {},
    stdin: { kind: 'none' },
    memoryBytes: 512 * 1024 ** 2,
    processCount: 256,
    openFileCount: 256,
    fileLimitBytes: null,
    ...rest,
  };
}

/** What a job has left on this machine; in a sandbox it goes with that. */
export async function removeJob({ id }: Job): Promise<void> {
  for (const place of ['/dev/shm', '/tmp']) {
    for (const ending of ['', '.control', '.in', '.files', '.stdin'])
      await rm(`${place}/cloche-${id}${ending}`, { recursive: true, force: true });
  }
}
