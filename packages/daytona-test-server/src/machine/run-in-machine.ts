import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Machine } from './machine.ts';
import { HOME_DIRECTORY } from './machine-files.ts';

export interface MachineRunResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs one of the system's programs as the sandbox's user in its home, to do what the toolbox does to files. */
export async function runInMachine(
  machine: Machine,
  command: readonly string[],
  input?: Readable,
): Promise<MachineRunResult> {
  const child = spawn(
    'nsenter',
    [
      ...machine.enter({ isNetworkBlocked: true }),
      '/usr/bin/env',
      '-i',
      '-C',
      HOME_DIRECTORY,
      'LC_ALL=C',
      'PATH=/usr/bin:/bin',
      ...command,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const exited = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr, [exitCode]] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    exited,
    // A program that refuses its input says so by its exit code.
    input ? pipeline(input, child.stdin).catch(() => input.resume()) : child.stdin.end(),
  ]);
  return { exitCode, stdout, stderr };
}
