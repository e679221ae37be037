import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, fchmodSync, openSync, readlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf } from './process-tree.ts';

const BATCH_SIZE = 9;
const SETTLING_TIMEOUT_MS = 2000;

/**
 * A pipeline of shells that only wait: between each two of them the shell has made a pipe. Each one tells
 * with a line that it is there, and all end when descriptor 3 does.
 */
const PIPELINE_SCRIPT = `
hold() { echo >&3; read -r _ <&3; }
${'hold | '.repeat(BATCH_SIZE)}hold
`;

/** One end for this process, one as a descriptor for a child. The child's has to be closed once it is started. */
export interface ChildPipe {
  readonly socket: Socket;
  readonly childDescriptor: number;
}

/**
 * Makes real pipes, on Linux. What Node.js gives a child as a pipe is a socket, which a program cannot open
 * again by name: `echo oops > /dev/stderr` fails on it. Node.js has no call that makes a pipe, and a FIFO
 * is none: opening /dev/stdin again would wait for a writer that has been and gone. But a shell makes pipes, and
 * the kernel lets their owner open them through /proc.
 */
export class PipeMaker {
  /** Descriptors that are open on a pipe for reading and writing, and keep it alive. */
  #spare: number[] = [];
  #making: Promise<void> | null = null;

  /** Pipes for one phase or more. Whoever reserves them uses all of them, or releases what is left. */
  async reserve(count: number): Promise<ReservedPipes> {
    while (this.#spare.length < count) await this.#make();
    const reserved = new ReservedPipes(this.#spare.splice(-count));
    // For the next one, while this one runs. A failure shows when the next one asks.
    if (this.#spare.length < count) this.#make().catch(() => undefined);
    return reserved;
  }

  /** Makes pipes for a run that is about to come, without waiting for them. */
  prepare(): void {
    // A failure shows when the pipes are asked for.
    if (process.platform === 'linux' && this.#spare.length === 0) this.#make().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#making?.catch(() => undefined);
    for (const descriptor of this.#spare.splice(0)) closeSync(descriptor);
  }

  #make(): Promise<void> {
    this.#making ??= makePipes()
      .then((descriptors) => {
        this.#spare.push(...descriptors);
      })
      .finally(() => {
        this.#making = null;
      });
    return this.#making;
  }
}

export class ReservedPipes {
  readonly #descriptors: number[];

  constructor(descriptors: readonly number[]) {
    this.#descriptors = [...descriptors];
  }

  /** A pipe that the child writes to. */
  fromChild(): ChildPipe {
    const { own, child } = this.#open(constants.O_RDONLY, constants.O_WRONLY);
    return { socket: new Socket({ fd: own, readable: true, writable: false }), childDescriptor: child };
  }

  /** A pipe that the child reads from. */
  toChild(): ChildPipe {
    const { own, child } = this.#open(constants.O_WRONLY, constants.O_RDONLY);
    return { socket: new Socket({ fd: own, readable: false, writable: true }), childDescriptor: child };
  }

  /** Gives back the pipes that were not used. */
  release(): void {
    for (const descriptor of this.#descriptors.splice(0)) closeSync(descriptor);
  }

  #open(ownFlag: number, childFlag: number): { own: number; child: number } {
    const both = this.#descriptors.pop();
    if (both === undefined) throw new Error('more pipes were used than were reserved');
    const name = `/proc/self/fd/${both}`;
    // Each end is opened anew, since waiting or not belongs to an opening: this process must not wait, the child must.
    const own = openSync(name, ownFlag | constants.O_NONBLOCK);
    const child = openSync(name, childFlag);
    closeSync(both);
    return { own, child };
  }
}

async function makePipes(): Promise<number[]> {
  const shell = spawn('/bin/sh', ['-c', PIPELINE_SCRIPT], {
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const orders = shell.stdio[3] as Socket;
  try {
    await Promise.race([bytesFrom(orders, BATCH_SIZE + 1), once(shell, 'exit')]);
    const holders = await holdersOf(shell);
    if (holders.length < BATCH_SIZE) throw new Error('the shell that makes pipes ended too early');
    return holders.map((pid) => {
      const descriptor = openSync(standardOutputOf(pid), constants.O_RDWR | constants.O_NONBLOCK);
      // A program that runs as another user opens it again by /dev/stdout.
      fchmodSync(descriptor, 0o666);
      return descriptor;
    });
  } finally {
    orders.destroy();
  }
}

function bytesFrom(stream: Socket, count: number): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    stream.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      if (seen >= count) resolve();
    });
    // An end before that is the shell's, and told by its exit.
    stream.on('error', () => undefined);
  });
}

/**
 * While a shell tells that it is there, its standard output is descriptor 3, and its pipe again only afterwards:
 * for that moment it is asked again.
 */
async function holdersOf(shell: ChildProcess): Promise<number[]> {
  if (shell.pid === undefined) return [];
  const deadlineMs = performance.now() + SETTLING_TIMEOUT_MS;
  for (;;) {
    const holders = childrenOf(shell.pid).filter(writesToPipe);
    const isOver = shell.exitCode !== null || shell.signalCode !== null || performance.now() > deadlineMs;
    if (holders.length >= BATCH_SIZE || isOver) return holders;
    await sleep(1);
  }
}

function standardOutputOf(pid: number): string {
  return `/proc/${pid}/fd/1`;
}

/** All but the last of the pipeline do. */
function writesToPipe(pid: number): boolean {
  return readlinkSync(standardOutputOf(pid)).startsWith('pipe:');
}
