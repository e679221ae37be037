import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Transform, pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Machine } from '../machine/machine.ts';
import { runInMachine } from '../machine/run-in-machine.ts';
import { reasonOf } from './system-error.ts';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/** Exit codes of the script, one for each step that can fail. */
const STEPS: Readonly<Record<number, string>> = { 81: 'mkdir', 82: 'create', 83: 'write' };
const WRITE = `mkdir -p -m 755 -- "$2" || exit 81
exec 3>"$1" || exit 82
cat >&3 || exit 83`;

/**
 * Writes a file as the sandbox's user, its directories as well.
 *
 * @returns what was written, or why it was not, in the daemon's words
 */
export async function writeFile(
  machine: Machine,
  destination: string,
  content: Readable,
): Promise<WrittenFile | string> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength;
      done(null, chunk);
    },
  });
  // What breaks off ends the file where it broke off; whoever reads the form reports it.
  pipeline(content, counted, () => undefined);
  // Nothing in the script's output names it: the complaint ends with the kernel's reason.
  const name = `write-${randomUUID()}`;
  const directory = path.posix.dirname(destination);
  const command = ['/usr/bin/bash', '-c', WRITE, name, destination, directory];
  const { exitCode, stderr } = await runInMachine(machine, command, counted);
  if (exitCode === 0) return { path: destination, bytes };
  const step = STEPS[exitCode ?? -1] ?? 'create';
  const reason = reasonOf(stderr);
  return step === 'mkdir'
    ? `${destination}: mkdir ${directory}: mkdir ${directory}: ${reason}`
    : `${destination}: ${step}: open ${destination}: ${reason}`;
}
