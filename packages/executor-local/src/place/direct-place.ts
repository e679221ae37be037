import type { ChildProcess, StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { LimitEnforcement } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { DIRECT_LAUNCH_SCRIPT } from './direct-launch-script.ts';
import { MARKER_VARIABLE, processesMarked } from './escaped-processes.ts';
import type { PipeMaker, ReservedPipes } from './pipe-maker.ts';
import { writeInputFiles } from './input-files.ts';
import type { FinishedFiles, PhaseProcess, Place, PlaceSetup, ProgramEnd, SandboxLimits } from './place.ts';
import { descendantsOf, killNow } from './process-tree.ts';
import { programEnvironment } from './program-environment.ts';

const FILE_SIZE_BLOCK_BYTES = 512;
const NOT_ENFORCED: LimitEnforcement = { support: 'unsupported', value: null, mechanism: null };
/** A process that forks while it is looked for shows up in the next look; this many are enough for any that can be caught. */
const HUNTS = 20;

/** What stands in front of each command: nothing, or macOS's `sandbox-exec` with its profile. */
export type CommandWrapper = (workRoot: string) => readonly string[];

/** Lays the files into a directory of this machine; every phase is a process of this machine. */
export async function startDirectPlace(
  pipes: PipeMaker,
  setup: PlaceSetup,
  wrapper: CommandWrapper,
): Promise<Place> {
  const root = path.join(setup.runDirectory, 'root');
  mkdirSync(root, { mode: 0o700 });
  for (const name of ['work', 'build', 'home', 'tmp']) mkdirSync(path.join(root, name), { mode: 0o700 });
  const [reserved] = await Promise.all([
    reservePipes(pipes, setup),
    writeInputFiles(path.join(root, 'work'), setup.files),
  ]);
  return new DirectPlace(reserved, setup, root, wrapper, await identityOf(path.join(root, 'work')));
}

/** Elsewhere a program gets what Node.js makes: macOS opens /dev/stdout by duplicating it, and Windows has no such name. */
async function reservePipes(pipes: PipeMaker, setup: PlaceSetup): Promise<ReservedPipes | null> {
  if (process.platform !== 'linux') return null;
  return pipes.reserve((setup.hasStdin ? 3 : 2) + (setup.compileArgv === null ? 0 : 2));
}

class DirectPlace implements Place {
  readonly #pipes: ReservedPipes | null;
  readonly #setup: PlaceSetup;
  readonly #root: string;
  readonly #wrapper: CommandWrapper;
  readonly #workIdentity: string | null;
  readonly #children: ChildProcess[] = [];
  readonly #streams: (Readable | Writable)[] = [];
  #openFiles: Promise<number | null> = Promise.resolve(null);

  constructor(
    pipes: ReservedPipes | null,
    setup: PlaceSetup,
    root: string,
    wrapper: CommandWrapper,
    workIdentity: string | null,
  ) {
    this.#workIdentity = workIdentity;
    this.#pipes = pipes;
    this.#setup = setup;
    this.#root = root;
    this.#wrapper = wrapper;
  }

  startPhase(phase: 'compile' | 'run'): PhaseProcess {
    const argv = phase === 'compile' ? (this.#setup.compileArgv ?? []) : this.#setup.runArgv;
    const hasStdin = phase === 'run' && this.#setup.hasStdin;
    const { child, stdin, stdout, stderr } = this.#start(argv, hasStdin);
    this.#children.push(child);
    this.#streams.push(stdout, stderr, ...(stdin === null ? [] : [stdin]));
    const ended = new Promise<ProgramEnd>((resolve, reject) => {
      child.once('error', (error) => reject(startFailure(error)));
      child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    }).finally(() => this.#killGroup(child));
    return { stdout, stderr, stdin, ended, kill: () => this.#killGroup(child) };
  }

  async enforcement(): Promise<SandboxLimits> {
    const openFiles = await this.#openFiles;
    return {
      scratch: NOT_ENFORCED,
      processes: NOT_ENFORCED,
      openFiles:
        openFiles === null
          ? NOT_ENFORCED
          : { support: 'enforced', value: openFiles, mechanism: 'RLIMIT_NOFILE' },
    };
  }

  processes(): readonly number[] {
    return this.#children.flatMap((child) =>
      child.pid === undefined ? [] : [child.pid, ...descendantsOf(child.pid)],
    );
  }

  async finish(): Promise<FinishedFiles | null> {
    for (const child of this.#children) this.#killGroup(child);
    const workDirectory = this.#workDirectory();
    // A program may have put something else in its place: a link to anywhere.
    const identity = await identityOf(workDirectory);
    return identity === this.#workIdentity ? { workDirectory, isScratchFull: false } : null;
  }

  close(): Promise<void> {
    for (const child of this.#children) this.#killGroup(child);
    for (const stream of this.#streams) stream.destroy();
    this.#pipes?.release();
    return Promise.resolve();
  }

  #start(argv: readonly string[], hasStdin: boolean): Spawned {
    const command = process.platform === 'win32' ? argv : this.#launchCommand(argv);
    const stdin = hasStdin ? this.#pipes?.toChild() : undefined;
    const stdout = this.#pipes?.fromChild();
    const stderr = this.#pipes?.fromChild();
    const child = this.#spawn(command, [
      stdin?.childDescriptor ?? (hasStdin ? 'pipe' : 'ignore'),
      stdout?.childDescriptor ?? 'pipe',
      stderr?.childDescriptor ?? 'pipe',
      'pipe',
    ]);
    for (const pipe of [stdin, stdout, stderr]) if (pipe !== undefined) closeSync(pipe.childDescriptor);
    const control = child.stdio[3] as Readable & Writable;
    this.#streams.push(control);
    this.#openFiles = readNumber(control);
    return {
      child,
      stdin: stdin?.socket ?? child.stdin,
      stdout: stdout?.socket ?? (child.stdout as Readable),
      stderr: stderr?.socket ?? (child.stderr as Readable),
    };
  }

  #launchCommand(argv: readonly string[]): string[] {
    return [
      '/bin/sh',
      '-c',
      DIRECT_LAUNCH_SCRIPT,
      'sh',
      ...(this.#setup.controlGroup?.joinFiles ?? []),
      '--',
      String(this.#setup.openFileCount),
      String(Math.ceil(this.#setup.scratchBytes / FILE_SIZE_BLOCK_BYTES)),
      ...this.#wrapper(this.#root),
      ...argv,
    ];
  }

  #spawn([file = '', ...words]: readonly string[], stdio: StdioOptions): ChildProcess {
    const environment = programEnvironment(this.#setup, {
      home: path.join(this.#root, 'home'),
      temporary: path.join(this.#root, 'tmp'),
      goCache: this.#setup.goCacheDirectory,
    });
    return spawn(file, words, {
      cwd: this.#workDirectory(),
      env: { ...environment, [MARKER_VARIABLE]: this.#setup.executionId },
      detached: true,
      windowsHide: true,
      stdio,
    });
  }

  #workDirectory(): string {
    return path.join(this.#root, 'work');
  }

  /** The group, what is in the control group, and what left both but still carries the marker. */
  #killGroup(child: ChildProcess): void {
    if (child.pid === undefined) return;
    if (process.platform === 'win32') {
      spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
      return;
    }
    killNow(-child.pid);
    for (let hunt = 0; hunt < HUNTS; hunt += 1) {
      // Nothing leaves a control group by itself; without one, the marker is all there is to go by.
      const left = this.#setup.controlGroup?.processes() ?? processesMarked(this.#setup.executionId);
      if (left.length === 0) return;
      for (const pid of left) killNow(pid);
    }
  }
}

/** Which directory this is, whatever its name; null when it is no directory or is gone. */
async function identityOf(directory: string): Promise<string | null> {
  const status = await lstat(directory).catch(() => null);
  return status?.isDirectory() === true ? `${status.dev}:${status.ino}` : null;
}

/** What the launcher tells through its descriptor 3; null when it ended before. */
function readNumber(control: Readable): Promise<number | null> {
  return new Promise((resolve) => {
    control.once('data', (chunk: Buffer) => {
      const value = Number(chunk.toString('latin1'));
      resolve(Number.isInteger(value) ? value : null);
    });
    // The program may end while the launcher's line is still on its way; an end of the stream settles it.
    control.once('end', () => resolve(null));
    control.once('error', () => resolve(null));
    control.once('close', () => resolve(null));
  });
}

interface Spawned {
  readonly child: ChildProcess;
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

function startFailure(cause: Error): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The program could not be started: ${cause.message}`,
      zh: `无法启动程序：${cause.message}`,
    },
    hint: {
      en: `Look at \`cloche doctor\` on this ${os.type()} machine.`,
      zh: '请运行 `cloche doctor` 查看本机情况。',
    },
    cause,
  });
}
