import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { environment } from '../../src/environment.ts';

const PROGRAM = path.join(import.meta.dirname, '../../src/bin.ts');

export interface CliOptions {
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Given whole, then closed. Default: empty. */
  readonly stdin?: string | Uint8Array;
  /** What stands before the words. Default: the command from its sources. */
  readonly argv?: readonly [string, ...string[]];
}

export interface CliResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly bytes: Buffer;
  readonly stdout: string;
  readonly stderr: string;
}

/** How this process would start the command, as an argv. */
export function cliArgv(words: readonly string[]): [string, ...string[]] {
  return [process.execPath, '--conditions=@cloche/source', PROGRAM, ...words];
}

/**
 * The environment of somebody who has configured nothing and speaks English. What Cloche keeps, it
 * keeps below `directory`.
 */
export function cliEnvironment(
  directory: string,
  own: Readonly<Record<string, string>> = {},
): Record<string, string | undefined> {
  const inherited = Object.entries(environment).filter(
    ([name]) =>
      !/^(?:CLOCHE_|DAYTONA_|LC_|LANG$|CI$|XDG_|NO_COLOR|FORCE_COLOR)|_(?:API_KEY|BASE_URL)$/u.test(name),
  );
  const home = path.join(directory, 'cloche/home');
  mkdirSync(home, { recursive: true });
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    // Where there is no rustup, nobody asks for it.
    RUSTUP_HOME: environment['RUSTUP_HOME'] ?? path.join(homedir(), '.rustup'),
    CLOCHE_HOME: path.join(directory, 'cloche'),
    CLOCHE_EXECUTOR: 'local',
    ...own,
  };
}

/** The real command, in a process of its own, with pipes. */
export function startCli(words: readonly string[], options: CliOptions): ChildProcessWithoutNullStreams {
  const [file, ...argv] = options.argv === undefined ? cliArgv(words) : [...options.argv, ...words];
  return spawn(file, argv, {
    cwd: options.directory,
    env: cliEnvironment(options.directory, options.environment),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

export async function runCli(words: readonly string[], options: CliOptions): Promise<CliResult> {
  const child = startCli(words, options);
  // A command that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  return endOf(child);
}

export async function endOf(child: ChildProcessWithoutNullStreams): Promise<CliResult> {
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const [[exitCode, signal], bytes, errorBytes] = await Promise.all([
    ended,
    buffer(child.stdout),
    buffer(child.stderr),
  ]);
  return { exitCode, signal, bytes, stdout: bytes.toString(), stderr: errorBytes.toString() };
}
