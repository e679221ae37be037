import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'vitest';
import { cliArgv, cliEnvironment } from './cli-process.ts';

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).error === undefined;

/** Skips a test that runs a command on a terminal of its own, where that cannot be done. */
export function skipWithoutTerminal(context: TestContext): void {
  context.skip(!hasScript, 'the command script (util-linux) is missing');
}

export interface TerminalOptions {
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the command on a terminal of its own; what is written to stdin is typed there. */
export function onTerminal(
  words: readonly string[],
  { directory, environment = {} }: TerminalOptions,
): ChildProcessWithoutNullStreams {
  const command = cliArgv(words)
    .map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`)
    .join(' ');
  return spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: directory,
    env: { ...cliEnvironment(directory, environment), SHELL: '/bin/sh', TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

export async function untilShown(child: ChildProcessWithoutNullStreams, text: string): Promise<string> {
  let shown = '';
  while (!shown.includes(text)) shown += String(((await once(child.stdout, 'data')) as [Buffer])[0]);
  return shown;
}

/** What is shown from here on. */
export async function terminalEndOf(
  child: ChildProcessWithoutNullStreams,
): Promise<{ readonly exitCode: number | null; readonly shown: string }> {
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, shown };
}
