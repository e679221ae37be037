import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One end for this process, the other for a child. A program can open it by `/dev/stdout`, which a socket refuses. */
export interface FifoPipe {
  readonly socket: Socket;
  readonly childDescriptor: number;
}

export async function makeFifos(paths: readonly string[]): Promise<void> {
  await run('mkfifo', ['-m', '600', ...paths], { env: {} });
}

/** @param direction `from-child`: we read what the child writes; `to-child`: the other way round */
export function openFifo(path: string, direction: 'from-child' | 'to-child'): FifoPipe {
  // Opened for both, it never waits for another process; closed again when each end has its own descriptor.
  const both = openSync(path, constants.O_RDWR);
  const ours = direction === 'from-child' ? constants.O_RDONLY : constants.O_WRONLY;
  const theirs = direction === 'from-child' ? constants.O_WRONLY : constants.O_RDONLY;
  const descriptor = openSync(path, ours | constants.O_NONBLOCK);
  const childDescriptor = openSync(path, theirs);
  closeSync(both);
  const readable = direction === 'from-child';
  return { socket: new Socket({ fd: descriptor, readable, writable: !readable }), childDescriptor };
}
