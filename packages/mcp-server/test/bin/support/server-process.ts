import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { PackedServer } from './packed-server.ts';

export interface ServerResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<ServerResult>;
}

export function startServer(
  server: PackedServer,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ServerProcess {
  const [file, ...argv] = server.argv;
  const child = spawn(file, [...argv, ...words], {
    cwd: server.directory,
    env: { ...server.environment, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, ended: endOf(child) };
}

async function endOf(child: ChildProcessWithoutNullStreams): Promise<ServerResult> {
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const [[exitCode, signal], stdout, stderr] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, signal, stdout, stderr };
}

/** The command to its end, with nothing on its standard input. */
export function runServer(
  server: PackedServer,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerResult> {
  const { child, ended } = startServer(server, words, environment);
  child.stdin.end();
  return ended;
}

/** Resolves when the server has said it on standard error. */
export async function saidOnStderr({ child }: ServerProcess, pattern: RegExp): Promise<string> {
  let said = '';
  for (;;) {
    const match = pattern.exec(said);
    if (match !== null) return match.groups?.['word'] ?? match[0];
    const [chunk] = (await once(child.stderr, 'data')) as [Buffer];
    said += chunk.toString();
  }
}
