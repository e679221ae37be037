import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { environment } from '../../../src/environment.ts';
import { cliArgv, startCli } from '../../support/cli-process.ts';

export interface CopiedRun {
  readonly copies: { readonly command: string; readonly mcp: string; readonly typescript: string };
  /** What the run itself printed. */
  readonly stdout: string;
}

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the requests one after the other, as the page of `cloche ui` does, and takes their copies. */
export async function runAndCopy(
  requests: readonly Readonly<Record<string, unknown>>[],
  directory: string,
  own: Readonly<Record<string, string>> = {},
): Promise<readonly CopiedRun[]> {
  const child = startCli(['ui', '--no-open', '--port', '0'], { directory, environment: own });
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { origin, hash } = new URL(line.toString().trim());
    const opened = await fetch(`${origin}/api/sessions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${hash.slice(1)}` },
    });
    const { token } = (await opened.json()) as { token: string };
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const copied: CopiedRun[] = [];
    for (const request of requests) {
      const body = JSON.stringify(request);
      const started = await fetch(`${origin}/api/runs`, { method: 'POST', headers, body });
      const { id } = (await started.json()) as { id: string };
      const events = await (await fetch(`${origin}/api/runs/${id}/events`, { headers })).text();
      const record = await fetch(`${origin}/api/runs/${id}`, { headers });
      const { copies } = (await record.json()) as Pick<CopiedRun, 'copies'>;
      copied.push({ copies, stdout: stdoutOf(events) });
    }
    return copied;
  } finally {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
}

function stdoutOf(events: string): string {
  return [...events.matchAll(/^data: (?<data>.*"type":"stdout".*)$/gmu)]
    .map((match) => (JSON.parse(match.groups?.['data'] ?? '') as { text: string }).text)
    .join('');
}

/** Pastes the command into a shell in which `cloche` is this very command. */
export async function runCommand(
  command: string,
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Ran> {
  const programs = path.join(directory, 'programs');
  mkdirSync(programs, { recursive: true });
  const file = path.join(programs, 'cloche');
  const words = cliArgv([]).map((word) => `'${word}'`);
  writeFileSync(file, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  chmodSync(file, 0o755);
  const running = promisify(execFile)('bash', ['-c', command], {
    cwd: directory,
    env: { ...env, PATH: `${programs}:${environment['PATH'] ?? ''}`, TMPDIR: directory },
  });
  running.child.stdin?.end();
  return running;
}

/** Runs the module where the packages are found. It has no types in it, and here no Docker. */
export async function runModule(
  source: string,
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Ran> {
  const folder = path.join(import.meta.dirname, '../../../node_modules/.cache');
  const module = path.join(folder, `copy-${process.pid}-${path.basename(directory)}.mjs`);
  mkdirSync(folder, { recursive: true });
  onTestFinished(() => {
    rmSync(module, { force: true });
  });
  writeFileSync(module, source.replace("    docker: () => import('@cloche/executor-docker'),\n", ''));
  return promisify(execFile)(process.execPath, ['--conditions=@cloche/source', module], {
    cwd: directory,
    env,
  });
}
