import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program's input and output as real pipes. */
export interface Pipes extends Disposable {
  /** For the program; both are closed by `closeProgramEnds`. */
  readonly programInput: number;
  readonly programOutput: number;
  readonly input: Socket;
  readonly output: Socket;
  closeProgramEnds(): void;
}

/**
 * Makes the pipes of one command. Node.js gives a child sockets, which no program can open as /dev/stdin or
 * /dev/stderr; the real daemon gives it pipes.
 */
export async function openPipes(directory: string): Promise<Pipes> {
  const name = path.join(directory, randomUUID());
  const [inputPath, outputPath] = [`${name}.in`, `${name}.out`];
  // Everybody may open them: the programs are those of another user.
  await run('mkfifo', ['--mode=666', inputPath, outputPath]);
  // An end opens at once where the other is there; held for both, it lets each of them open.
  const bothEnds = openSync(inputPath, constants.O_RDWR);
  const programInput = openSync(inputPath, constants.O_RDONLY);
  const input = openSync(inputPath, constants.O_WRONLY | constants.O_NONBLOCK);
  closeSync(bothEnds);
  const output = openSync(outputPath, constants.O_RDONLY | constants.O_NONBLOCK);
  const programOutput = openSync(outputPath, constants.O_WRONLY);
  unlinkSync(inputPath);
  unlinkSync(outputPath);
  const inputSocket = new Socket({ fd: input, readable: false, writable: true });
  const outputSocket = new Socket({ fd: output, readable: true, writable: false });
  return {
    programInput,
    programOutput,
    input: inputSocket,
    output: outputSocket,
    closeProgramEnds() {
      closeSync(programInput);
      closeSync(programOutput);
    },
    [Symbol.dispose]() {
      inputSocket.destroy();
      outputSocket.destroy();
    },
  };
}
