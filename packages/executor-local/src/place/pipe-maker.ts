import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, rmSync, unlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** A program's three streams, for this many runs, in one call of mkfifo: it is the call that costs. */
const BATCH_SIZE = 24;

/** One end for this process, one as a descriptor for a child. The child's has to be closed once it is started. */
export interface ChildPipe {
  readonly socket: Socket;
  readonly childDescriptor: number;
}

/**
 * Makes real pipes. What Node.js gives a child as a pipe is a socket, which a program cannot open again
 * by name: `echo oops > /dev/stderr` fails on it. A FIFO without a name is a pipe like any other.
 */
export class PipeMaker {
  readonly #directory: () => Promise<string>;
  #spare: string[] = [];
  #making: Promise<void> | null = null;
  #home: string | null = null;
  #made = 0;

  /** @param directory where a directory for the names may be made; asked on first use */
  constructor(directory: () => Promise<string>) {
    this.#directory = directory;
  }

  /** Pipes for one phase or more. Whoever reserves them makes all of them, or releases what is left. */
  async reserve(count: number): Promise<ReservedPipes> {
    while (this.#spare.length < count) {
      this.#making ??= this.#makeNames().finally(() => {
        this.#making = null;
      });
      await this.#making;
    }
    return new ReservedPipes(this.#spare.splice(-count));
  }

  async close(): Promise<void> {
    await this.#making;
    this.#spare = [];
    if (this.#home !== null) await rm(this.#home, { recursive: true, force: true });
    this.#home = null;
  }

  async #makeNames(): Promise<void> {
    this.#home ??= await mkdtemp(path.join(await this.#directory(), 'pipes-'));
    const home = this.#home;
    const names = Array.from({ length: BATCH_SIZE }, (_, index) =>
      path.join(home, String(this.#made + index)),
    );
    this.#made += BATCH_SIZE;
    // A program that runs as another user opens them again by /dev/stdout; nobody else gets into the directory.
    await run(
      '/bin/sh',
      ['-c', 'PATH=/usr/bin:/bin:/usr/sbin:/sbin exec mkfifo -m 666 "$@"', 'sh', ...names],
      { env: {} },
    );
    this.#spare.push(...names);
  }
}

export class ReservedPipes {
  readonly #names: string[];

  constructor(names: readonly string[]) {
    this.#names = [...names];
  }

  /** A pipe that the child writes to. */
  fromChild(): ChildPipe {
    const name = this.#take();
    const reading = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
    const childDescriptor = openSync(name, constants.O_WRONLY);
    unlinkSync(name);
    return { socket: new Socket({ fd: reading, readable: true, writable: false }), childDescriptor };
  }

  /** A pipe that the child reads from. */
  toChild(): ChildPipe {
    const name = this.#take();
    // Either end alone would wait for the other, or be refused: both at once are there from the start.
    const both = openSync(name, constants.O_RDWR | constants.O_NONBLOCK);
    const childDescriptor = openSync(name, constants.O_RDONLY);
    const writing = openSync(name, constants.O_WRONLY | constants.O_NONBLOCK);
    closeSync(both);
    unlinkSync(name);
    return { socket: new Socket({ fd: writing, readable: false, writable: true }), childDescriptor };
  }

  /** Removes the names of pipes that were not made. */
  release(): void {
    for (const name of this.#names.splice(0)) rmSync(name, { force: true });
  }

  #take(): string {
    const name = this.#names.pop();
    if (name === undefined) throw new Error('more pipes were made than were reserved');
    return name;
  }
}
