import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type {
  CapturedOutput,
  ExecutionController,
  Phase,
  PhaseResult,
  PlanStdin,
  StopReason,
} from '@cloche/core/executor';
import { OutputCapture } from '@cloche/core/executor';
import type { FifoPipe } from './fifo-pipe.ts';
import { makeFifos, openFifo } from './fifo-pipe.ts';
import { endProcessTree } from './process-tree.ts';
import type { Workspace } from './workspace.ts';

export interface PhaseCommand {
  readonly executionId: string;
  readonly phase: Phase;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: PlanStdin;
  readonly timeoutMs: number;
  readonly outputBytes: number;
}

/** Runs one command to its end, its whole process tree included. */
export async function runPhase(
  command: PhaseCommand,
  workspace: Workspace,
  controller: ExecutionController,
  signal: AbortSignal,
): Promise<PhaseResult> {
  const startedAt = performance.now();
  const stdin = await openStdin(command, workspace);
  const [stdout, stderr] = await openOutput(command, workspace);
  const [program = '', ...programArguments] = command.argv;
  const child = spawn(program, programArguments, {
    cwd: workspace.work,
    env: { ...command.environment },
    stdio: [stdin.childDescriptor ?? 'ignore', stdout.childDescriptor, stderr.childDescriptor],
    detached: true,
  });
  const ending = new Promise<Pick<PhaseResult, 'exitCode' | 'signal'>>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, exitSignal) => {
      resolve({ exitCode, signal: exitSignal });
    });
  });
  for (const descriptor of [stdin.childDescriptor, stdout.childDescriptor, stderr.childDescriptor]) {
    if (descriptor !== null) closeSync(descriptor);
  }

  let stoppedBy: StopReason | null = null;
  let hasEnded = false;
  const stopped = Promise.withResolvers<void>();
  const stop = (reason: StopReason): void => {
    // A consumer that has stopped reading must not hold up the end.
    stopped.resolve();
    if (hasEnded || stoppedBy !== null) return;
    stoppedBy = reason;
    if (child.pid !== undefined) kill(child.pid);
  };
  const cancel = (): void => {
    stop('cancelled');
  };
  const timer = setTimeout(stop, command.timeoutMs, 'timeout');
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();

  const pump = async (socket: Socket, type: 'stdout' | 'stderr'): Promise<CapturedOutput> => {
    const capture = new OutputCapture(command.outputBytes);
    for await (const data of socket as AsyncIterable<Buffer>) {
      capture.append(data);
      if (!controller.emit({ type, phase: command.phase, data }))
        await Promise.race([controller.drained(), stopped.promise]);
    }
    return capture.finish();
  };
  const output = Promise.all([pump(stdout.socket, 'stdout'), pump(stderr.socket, 'stderr')]);
  if (stdin.socket !== null) void feed(stdin.socket, controller.stdin);

  try {
    const { exitCode, signal: exitSignal } = await ending;
    hasEnded = true;
    clearTimeout(timer);
    const durationMs = performance.now() - startedAt;
    stdin.socket?.destroy();
    // What it left in the background goes with it, and frees the pipes.
    if (child.pid !== undefined) await endProcessTree(child.pid, command.executionId);
    const [keptStdout, keptStderr] = await output;
    return { exitCode, signal: exitSignal, stdout: keptStdout, stderr: keptStderr, durationMs, stoppedBy };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    for (const socket of [stdin.socket, stdout.socket, stderr.socket]) socket?.destroy();
  }
}

function kill(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

interface OpenStdin {
  readonly childDescriptor: number | null;
  readonly socket: Socket | null;
}

async function openStdin(command: PhaseCommand, workspace: Workspace): Promise<OpenStdin> {
  const path = join(workspace.control, `${command.phase}-stdin`);
  if (command.stdin.kind === 'none') return { childDescriptor: null, socket: null };
  if (command.stdin.kind === 'bytes') {
    await writeFile(path, command.stdin.content);
    return { childDescriptor: openSync(path, 'r'), socket: null };
  }
  await makeFifos([path]);
  return openFifo(path, 'to-child');
}

async function openOutput(command: PhaseCommand, workspace: Workspace): Promise<[FifoPipe, FifoPipe]> {
  const [stdout, stderr] = ['stdout', 'stderr'].map((name) =>
    join(workspace.control, `${command.phase}-${name}`),
  ) as [string, string];
  await makeFifos([stdout, stderr]);
  return [openFifo(stdout, 'from-child'), openFifo(stderr, 'from-child')];
}

async function feed(socket: Socket, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  // The reader's end is told by the failing write below.
  socket.on('error', () => undefined);
  for await (const chunk of chunks) {
    const isTaken = await new Promise<boolean>((resolve) => {
      if (socket.destroyed) resolve(false);
      else
        socket.write(chunk, (error) => {
          resolve(error === null || error === undefined);
        });
    });
    if (!isTaken) break;
  }
  socket.end();
}
