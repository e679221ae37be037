import type { ExecuteRequest, ExecuteResponse } from '@daytona/toolbox-api-client';
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { answerJson, answerNothing } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import { readJson } from '../http/exchange.ts';
import type { Exchange } from '../http/exchange.ts';
import { ServiceError } from '../http/service-error.ts';
import type { Machine } from '../machine/machine.ts';
import { HOME_DIRECTORY } from '../machine/machine-files.ts';
import { decodeOutput } from './decode-output.ts';
import { parseExecuteRequest } from './parse-execute-request.ts';
import type { ToolboxSandbox } from './toolbox-sandbox.ts';

const SHELL = '/usr/bin/bash';

/**
 * Says its number in the machine on descriptor 3, and becomes the shell that reads the command, at the head of a
 * group of its own.
 */
const START_SHELL = `cd -- "$1" 2>/dev/null || exit
unset OLDPWD
echo $$ >&3
exec setsid ${SHELL} 3>&-`;

/** Gives the command to a shell as its standard input, and answers with what it wrote. */
export async function executeCommand(target: ToolboxSandbox, exchange: Exchange): Promise<Answer> {
  const request = parseExecuteRequest(await readJson(exchange).catch((error: unknown) => error));
  const result = await runCommand(target, request);
  if (target.machine.isEnding) return answerNothing(502);
  if (result.isTimedOut) {
    throw new ServiceError(408, 'request timeout: command execution timeout', 'REQUEST_TIMEOUT');
  }
  return answerJson({ exitCode: result.exitCode, result: result.output } satisfies ExecuteResponse);
}

interface CommandResult {
  /** -1 where a signal ended the shell, or it did not start. */
  readonly exitCode: number;
  readonly output: string;
  readonly isTimedOut: boolean;
}

async function runCommand(target: ToolboxSandbox, request: ExecuteRequest): Promise<CommandResult> {
  using pipes = await target.pipes.take();
  const child = startShell(target, request, [pipes.programInput, pipes.programOutput]);
  pipes.closeProgramEnds();
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const shellNumber = firstLineOf(child.stdio[3] as Readable);
  // A shell that ends before it has read the whole command leaves the rest of it.
  pipes.input.on('error', () => undefined);
  pipes.input.end(request.command);
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    void shellNumber.then((number) => killGroup(target.machine, number));
  }, timeoutMsOf(request));
  try {
    // Whatever still holds the output holds up the answer, also when the shell has ended.
    const [output, [exitCode], number] = await Promise.all([buffer(pipes.output), exited, shellNumber]);
    if (number === '') return { exitCode: -1, output: noShell(SHELL), isTimedOut: false };
    return { exitCode: exitCode ?? -1, output: decodeOutput(output), isTimedOut };
  } finally {
    clearTimeout(timer);
  }
}

function startShell(
  { machine, environment, isNetworkBlocked }: ToolboxSandbox,
  request: ExecuteRequest,
  [input, output]: readonly [number, number],
): ChildProcess {
  const variables = { ...environment, ...request.envs };
  return spawn(
    'nsenter',
    [
      ...machine.enter({ isNetworkBlocked }),
      '/usr/bin/env',
      '-i',
      '-C',
      HOME_DIRECTORY,
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      '/bin/sh',
      '-c',
      START_SHELL,
      'sh',
      request.cwd ?? HOME_DIRECTORY,
    ],
    { stdio: [input, output, output, 'pipe'], detached: true },
  );
}

/** The longest time that a timer can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** None and 0 are no limit. */
function timeoutMsOf({ timeout }: ExecuteRequest): number {
  return timeout ? Math.min(timeout * 1000, LONGEST_TIMER_MS) : LONGEST_TIMER_MS;
}

/** From within the machine, so that the number can mean nothing outside of it. */
function killGroup(machine: Machine, number: string): void {
  if (number === '' || machine.isEnding) return;
  const enter = machine.enter({ isNetworkBlocked: true });
  execFile('nsenter', [...enter, SHELL, '-c', `kill -KILL -- -${number}`], () => undefined);
}

/**
 * Not to the end: `nsenter` holds the other end for as long as the shell lives.
 *
 * @returns an empty text where there is no line
 */
async function firstLineOf(stream: Readable): Promise<string> {
  const chunk = await new Promise<Buffer | string>((resolve) => {
    stream.once('data', resolve).once('end', () => resolve(''));
  });
  return chunk.toString().trim();
}

function noShell(shell: string): string {
  return `fork/exec ${shell}: no such file or directory`;
}
