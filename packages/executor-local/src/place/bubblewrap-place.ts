import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { ClocheError } from '@cloche/core/executor';
import type { Bubblewrap } from '../sandbox/bubblewrap.ts';
import { seccompFilter } from '../sandbox/seccomp-filter.ts';
import { SUPERVISOR_DESCRIPTORS } from '../sandbox/supervisor-script.ts';
import type { PipeMaker, ReservedPipes } from './pipe-maker.ts';
import { writeInputFiles } from './input-files.ts';
import type { Inside } from './look-inside.ts';
import { descriptorPath, isEmptied, lookInside, NOTHING_HELD } from './look-inside.ts';
import type { FinishedFiles, PhaseProcess, Place, PlaceSetup, ProgramEnd, SandboxLimits } from './place.ts';
import { childrenOf, descendantsOf, killNow } from './process-tree.ts';
import { sandboxCommand, sandboxOptions } from './sandbox-command.ts';
import { StatusReader } from './status-reader.ts';

/** How long the supervisor may take to answer after the program was killed, before everything is. */
const SUPERVISOR_PATIENCE_MS = 1000;
/** How long the kernel may take to end what was killed. */
const EMPTYING_PATIENCE_MS = 10_000;
const EMPTYING_PAUSE_MS = 2;
/** A supervisor says far less; one that a program has taken over must not fill this process's memory. */
const STATUS_BYTES = 1024 * 1024;

/** Lays the files out and starts the sandbox; its phases are started through the place that comes back. */
export async function startBubblewrapPlace(
  bubblewrap: Bubblewrap,
  pipes: PipeMaker,
  setup: PlaceSetup,
): Promise<Place> {
  const inputDirectory = path.join(setup.runDirectory, 'input');
  mkdirSync(inputDirectory, { mode: 0o755 });
  const [reserved] = await Promise.all([
    pipes.reserve(setup.hasStdin ? 3 : 2),
    writeInputFiles(inputDirectory, setup.files),
  ]);
  return new BubblewrapPlace(bubblewrap, reserved, setup, inputDirectory);
}

class BubblewrapPlace implements Place {
  readonly #runsAsNobody: boolean;
  readonly #child: ChildProcess;
  readonly #status = new StatusReader();
  readonly #stdin: Writable | null;
  readonly #stdout: Readable;
  readonly #stderr: Readable;
  readonly #ready: Promise<void>;
  /** Null, or why it could not be started at all. */
  readonly #exited: Promise<Error | null>;
  #settle: ((end: ProgramEnd) => void) | null = null;
  #isReady = false;
  #hasExited = false;
  #wasKilled = false;
  #inside: Inside | null = null;

  constructor(bubblewrap: Bubblewrap, pipes: ReservedPipes, setup: PlaceSetup, inputDirectory: string) {
    this.#runsAsNobody = bubblewrap.setprivPath !== null;
    const stdin = setup.hasStdin ? pipes.toChild() : null;
    const stdout = pipes.fromChild();
    const stderr = pipes.fromChild();
    const filter = seccompFilter();
    const nowhere = openSync('/dev/null', 'r');
    this.#child = spawn('/bin/sh', sandboxCommand(bubblewrap, setup), {
      // Nothing of this process's environment, so that not even the sandbox's first process shows it.
      env: {},
      cwd: '/',
      detached: true,
      stdio: [
        'ignore',
        'ignore',
        'pipe',
        ...Array.from({ length: 4 }, () => 'pipe' as const),
        stdin?.childDescriptor ?? nowhere,
        stdout.childDescriptor,
        stderr.childDescriptor,
        'pipe',
        filter === null ? 'ignore' : 'pipe',
      ],
    });
    for (const descriptor of [
      stdin?.childDescriptor,
      stdout.childDescriptor,
      stderr.childDescriptor,
      nowhere,
    ]) {
      if (descriptor !== undefined) closeSync(descriptor);
    }
    this.#stdin = stdin?.socket ?? null;
    this.#stdout = stdout.socket;
    this.#stderr = stderr.socket;
    for (const stream of this.#child.stdio) stream?.on('error', () => this.#killAll());
    this.#exited = new Promise<Error | null>((resolve) => {
      this.#child.once('error', resolve);
      this.#child.once('exit', () => resolve(null));
    }).then((error) => {
      this.#hasExited = true;
      return error;
    });
    this.#ready = this.#listen();
    this.#ready.catch(() => undefined);
    // Through a descriptor, since a command line is there for every user of the machine to read.
    const options = sandboxOptions(bubblewrap, setup, inputDirectory, filter !== null);
    this.#stream(SUPERVISOR_DESCRIPTORS.options).end(`${options.join('\0')}\0`);
    if (filter !== null) this.#stream(SUPERVISOR_DESCRIPTORS.seccomp).end(filter);
  }

  startPhase(phase: 'compile' | 'run'): PhaseProcess {
    const end = new Promise<ProgramEnd>((resolve) => {
      this.#settle = resolve;
      if (this.#hasExited) this.#settleWithoutStatus();
    });
    const ended = this.#ready.then(() => {
      this.#stream(SUPERVISOR_DESCRIPTORS.orders).write(`${phase}\n`);
      return end;
    });
    const isCompile = phase === 'compile';
    return {
      stdout: isCompile ? this.#stream(SUPERVISOR_DESCRIPTORS.compileStdout) : this.#stdout,
      stderr: isCompile ? this.#stream(SUPERVISOR_DESCRIPTORS.compileStderr) : this.#stderr,
      stdin: isCompile ? null : this.#stdin,
      ended,
      kill: () => this.#killProgram(),
    };
  }

  async enforcement(): Promise<SandboxLimits> {
    await this.#ready;
    return this.#inside?.limits ?? NOTHING_HELD;
  }

  processes(): readonly number[] {
    return this.#child.pid === undefined ? [] : descendantsOf(this.#child.pid);
  }

  async finish(): Promise<FinishedFiles | null> {
    // The supervisor is of the program's own user, so a program can take it over and live on. What reads the
    // files must be alone with them.
    if (!(await this.#end())) throw notEmptied();
    if (this.#inside === null) return null;
    const workDirectory = descriptorPath(this.#inside.workDescriptor);
    const { bavail, ffree } = await statfs(workDirectory);
    return { workDirectory, isScratchFull: bavail === 0 || ffree === 0 };
  }

  async close(): Promise<void> {
    await this.#end();
    if (this.#inside !== null) {
      closeSync(this.#inside.workDescriptor);
      closeSync(this.#inside.firstDescriptor);
    }
    this.#inside = null;
    for (const stream of [...this.#child.stdio, this.#stdin, this.#stdout, this.#stderr]) stream?.destroy();
  }

  /** Whether nobody is left. bubblewrap ends as soon as the supervisor does, which says nothing about the others. */
  async #end(): Promise<boolean> {
    this.#killAll();
    await this.#exited;
    if (this.#inside === null) return true;
    const deadlineMs = performance.now() + EMPTYING_PATIENCE_MS;
    while (!isEmptied(this.#inside)) {
      if (performance.now() > deadlineMs) return false;
      killNow(this.#inside.firstPid);
      await pause(EMPTYING_PAUSE_MS);
    }
    return true;
  }

  #listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      let statusBytes = 0;
      this.#stream(SUPERVISOR_DESCRIPTORS.status).on('data', (chunk: Buffer) => {
        statusBytes += chunk.length;
        if (statusBytes > STATUS_BYTES) {
          this.#killAll();
          return;
        }
        for (const message of this.#status.read(chunk)) {
          if (message === 'ready') {
            // The first is the supervisor's; a program may have made up what comes later.
            if (this.#isReady) continue;
            this.#isReady = true;
            try {
              this.#inside = lookInside(this.#child.pid, this.#runsAsNobody);
              resolve();
            } catch (error) {
              this.#killAll();
              reject(this.#startFailure(error instanceof Error ? error : null));
            }
          } else {
            this.#settle?.(message);
            this.#settle = null;
          }
        }
      });
      void this.#exited.then((error) => {
        // Ended by us before it was there: an end like any other.
        if (this.#isReady || this.#wasKilled) resolve();
        else reject(this.#startFailure(error));
        this.#settleWithoutStatus();
      });
    });
  }

  /** The supervisor is gone: the program ended it, or somebody ended the sandbox, and everything in it was killed. */
  #settleWithoutStatus(): void {
    this.#settle?.({ exitCode: null, signal: 'SIGKILL' });
    this.#settle = null;
  }

  #startFailure(error: Error | null): ClocheError {
    const said = [
      error?.message ?? '',
      this.#status.messages,
      readAvailable(this.#stream(SUPERVISOR_DESCRIPTORS.bubblewrapErrors)),
    ]
      .filter((text) => text !== '')
      .join('; ');
    return new ClocheError({
      code: 'ERR_EXECUTOR_FAILED',
      message: {
        en: `The sandbox could not be started: ${said === '' ? 'bubblewrap ended without a word' : said}`,
        zh: `无法启动沙箱：${said === '' ? 'bubblewrap 没有给出原因就结束了' : said}`,
      },
      hint: {
        en: 'Run `cloche doctor`. Without a sandbox, and only for programs that you trust: --sandbox off.',
        zh: '请运行 `cloche doctor`。若信任该程序，可不使用沙箱：--sandbox off。',
        withoutFlags: {
          en: 'The person who runs this server can look with `cloche doctor`. Without a sandbox, and only for programs that they trust: CLOCHE_LOCAL_SANDBOX=off.',
          zh: '服务器的使用者可以运行 `cloche doctor` 检查。若信任该程序，可不使用沙箱：CLOCHE_LOCAL_SANDBOX=off。',
        },
      },
      cause: error ?? undefined,
    });
  }

  /** The program alone: the supervisor then ends what the program started, and keeps the files. */
  #killProgram(): void {
    if (this.#inside === null) {
      this.#killAll();
      return;
    }
    for (const pid of childrenOf(this.#inside.supervisorPid)) killNow(pid);
    const settle = this.#settle;
    setTimeout(() => {
      // A program can stop the supervisor, which is of its own user; then all of it goes.
      if (this.#settle === settle && settle !== null) this.#killAll();
    }, SUPERVISOR_PATIENCE_MS).unref();
  }

  /** The kernel ends whatever lives in a process namespace when its first process is killed. */
  #killAll(): void {
    this.#wasKilled = true;
    if (this.#hasExited || this.#child.pid === undefined) return;
    const [firstProcess] = childrenOf(this.#child.pid);
    killNow(firstProcess ?? this.#child.pid);
  }

  #stream(descriptor: number): Readable & Writable {
    return this.#child.stdio[descriptor] as Readable & Writable;
  }
}

function notEmptied(): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `A process in the sandbox did not end within ${EMPTYING_PATIENCE_MS / 1000} s after it was killed, so its files are not read.`,
      zh: `沙箱中的进程在被终止后 ${EMPTYING_PATIENCE_MS / 1000} 秒内仍未结束，因此不读取其文件。`,
    },
    hint: {
      en: 'The kernel holds it, in most cases for a slow disk or network mount. Look at it with `ps`, and repeat the run.',
      zh: '进程被内核阻塞，通常是磁盘或网络挂载过慢。请用 `ps` 查看后重试。',
    },
  });
}

function readAvailable(stream: Readable): string {
  const content: unknown = stream.read();
  return Buffer.isBuffer(content) ? content.toString('utf8').trim() : '';
}
