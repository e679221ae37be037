import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { Duplex } from 'node:stream';
import type { EndpointTransport } from './engine-endpoint.ts';
import { SshFailedError } from './engine-failure.ts';

type SshTransport = Extract<EndpointTransport, { kind: 'ssh' }>;

export interface SshProgram {
  /** Absolute path. Null where there is none. */
  readonly file: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Referable {
  ref?(): void;
  unref?(): void;
}

const STDERR_CHARACTERS = 4000;

/** The arguments of `ssh`, as Docker's own client has them. */
function sshArguments(transport: SshTransport): string[] {
  const remote =
    transport.socketPath === null ? ['docker'] : ['docker', '--host', `unix://${transport.socketPath}`];
  return [
    // Nobody can answer a question: a password prompt would wait on the terminal until the deadline.
    '-o',
    'BatchMode=yes',
    '-o',
    'ConnectTimeout=15',
    '-T',
    ...(transport.user === null ? [] : ['-l', transport.user]),
    ...(transport.port === null ? [] : ['-p', String(transport.port)]),
    '--',
    transport.host,
    ...remote,
    'system',
    'dial-stdio',
  ];
}

/**
 * One connection to an engine over there: the standard input and output of an `ssh` that runs
 * `docker system dial-stdio`. Its end of input is passed on, as the half-close that attached containers need.
 */
export class SshConnection extends Duplex {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable> | null;
  #stderr = '';
  #hasAnswered = false;

  constructor(transport: SshTransport, program: SshProgram) {
    // An engine that has said its last word reads no more either.
    super({ allowHalfOpen: false });
    if (program.file === null) {
      this.#child = null;
      process.nextTick(() => this.destroy(new SshFailedError('there is no program `ssh` on PATH')));
      return;
    }
    const child = spawn(program.file, sshArguments(transport), {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: program.environment,
      windowsHide: true,
    });
    this.#child = child;
    child.on('error', (error) => this.destroy(new SshFailedError(error.message, { cause: error })));
    child.on('close', (exitCode) => this.#end(exitCode));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      this.#hasAnswered = true;
      if (!this.push(chunk)) child.stdout.pause();
    });
    // Writing to an ssh that has ended says less than its last words, which come with its exit.
    child.stdin.on('error', () => {});
  }

  override _read(): void {
    this.#child?.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.#child === null || this.#child.stdin.destroyed) callback();
    else this.#child.stdin.write(chunk, () => callback());
  }

  override _final(callback: (error?: Error | null) => void): void {
    if (this.#child === null || this.#child.stdin.destroyed) callback();
    else this.#child.stdin.end(() => callback());
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#child?.stdin.destroy();
    this.#child?.stdout.destroy();
    this.#child?.kill('SIGKILL');
    callback(error);
  }

  /** What `http.Agent` does to a socket that it keeps for later: an idle connection holds no process open. */
  unref(): this {
    this.#child?.unref();
    for (const stream of this.#streams()) stream.unref?.();
    return this;
  }

  ref(): this {
    this.#child?.ref();
    for (const stream of this.#streams()) stream.ref?.();
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  #streams(): Referable[] {
    if (this.#child === null) return [];
    // Pipes of a child are sockets, which their types do not say.
    return [this.#child.stdin, this.#child.stdout, this.#child.stderr] as unknown as Referable[];
  }

  #end(exitCode: number | null): void {
    if (this.destroyed) return;
    if (this.#hasAnswered) {
      this.push(null);
      return;
    }
    const lastLine = this.#stderr.trim().split('\n').at(-1)?.trim() ?? '';
    const exit = exitCode === null ? 'ssh was ended by a signal' : `ssh exited with ${exitCode}`;
    this.destroy(new SshFailedError(lastLine === '' ? exit : lastLine));
  }
}
