import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { machineArguments } from './machine-arguments.ts';
import type { MachineArguments } from './machine-arguments.ts';
import { SANDBOX_USER_ID } from './machine-files.ts';

const run = promisify(execFile);
/** Says that the machine is built, and keeps it. */
const FIRST_COMMAND = ['/bin/sh', '-c', 'echo ready; exec sleep infinity'] as const;
const SHOWN_BINARIES = ['/usr/bin', '/usr/local/bin'] as const;

export interface MachineOptions extends MachineArguments {
  /** A directory with a whiteout for each program that must not be found; null: every program is. */
  readonly whiteouts: string | null;
}

/** Namespaces that a sandbox's programs run in, held by one process; all of them die with it. */
export interface Machine {
  /** The arguments of `nsenter` that put a program into it, as the sandbox's user or as root. */
  enter(options: { readonly isNetworkBlocked: boolean; readonly isRoot?: boolean }): string[];
  /** True as soon as its processes are being killed. */
  readonly isEnding: boolean;
  /** Kills all of its processes, and returns when they are gone. */
  end(): Promise<void>;
}

export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { whiteouts } = options;
  const mountPoint = '/opt/hidden';
  const toolchains =
    whiteouts === null
      ? options.toolchains
      : [...options.toolchains, { program: '', root: whiteouts, mountPoint }];
  // By descriptor: a sandbox sees the arguments of its first process, and would see paths of the computer.
  const child = spawn('bwrap', ['--args', '4', '--', ...FIRST_COMMAND], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const shown = child.stdio[4] as Writable;
  shown.on('error', () => undefined).end(`${machineArguments({ ...options, toolchains }).join('\0')}\0`);
  const exited = once(child, 'exit');
  // Whoever ends the machine waits for the exit; a failure to start shows in the first line below.
  exited.catch(() => undefined);
  const processId = await firstProcessOf(child);
  const machine = new BubblewrapMachine(processId, child, exited);
  if (whiteouts !== null) await hidePrograms(machine, mountPoint);
  return machine;
}

async function firstProcessOf(child: ChildProcess): Promise<number> {
  const [, output, errors, information] = child.stdio as unknown as [null, Readable, Readable, Readable];
  const problem = text(errors);
  const [facts, isReady] = await Promise.all([
    text(information),
    new Promise<boolean>((resolve) => {
      output.once('data', () => resolve(true)).once('end', () => resolve(false));
    }),
  ]);
  if (!isReady) throw new Error('Bubblewrap could not build a sandbox.', { cause: (await problem).trim() });
  output.resume();
  return (JSON.parse(facts) as { 'child-pid': number })['child-pid'];
}

/** Lays the whiteouts over each directory of programs: a path to one then leads nowhere. */
async function hidePrograms(machine: Machine, whiteouts: string): Promise<void> {
  const enter = machine.enter({ isNetworkBlocked: true, isRoot: true });
  for (const directory of SHOWN_BINARIES) {
    const layers = `lowerdir=${whiteouts}:${directory},ro`;
    await run('nsenter', [...enter, '/usr/bin/mount', '-t', 'overlay', 'none', '-o', layers, directory]);
  }
}

class BubblewrapMachine implements Machine {
  readonly #processId: number;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #isEnding = false;

  constructor(processId: number, child: ChildProcess, exited: Promise<unknown>) {
    this.#processId = processId;
    this.#child = child;
    this.#exited = exited;
  }

  get isEnding(): boolean {
    return this.#isEnding;
  }

  enter({ isNetworkBlocked, isRoot = false }: Parameters<Machine['enter']>[0]): string[] {
    return [
      `--target=${this.#processId}`,
      '--mount',
      '--pid',
      '--ipc',
      '--uts',
      ...(isNetworkBlocked ? ['--net'] : []),
      ...(isRoot ? [] : [`--setgid=${SANDBOX_USER_ID}`, `--setuid=${SANDBOX_USER_ID}`]),
      '--',
    ];
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    // Bubblewrap ends after the namespace's first process, and that one after all others: the kernel kills them with it.
    if (this.#child.exitCode === null && this.#child.signalCode === null) killIfAlive(this.#processId);
    await this.#exited;
  }
}

function killIfAlive(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
