import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { waitUntil } from './wait-until.ts';

const READY_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 20_000;
const SHOWN_OUTPUT_CHARACTERS = 2000;

/** A daemon that a test starts, ends and starts again. */
export class TestDaemon {
  readonly #argv: readonly [file: string, ...args: string[]];
  readonly #outputFile: string;
  #child: ChildProcess | null = null;

  constructor(argv: readonly [file: string, ...args: string[]], outputFile: string) {
    this.#argv = argv;
    this.#outputFile = outputFile;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child?.pid !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Resolves when the daemon answers. Throws, with the end of its output, where it does not come to that. */
  async start(isReady: () => Promise<boolean>): Promise<void> {
    if (this.isRunning) return;
    // Files, not pipes: what the daemon starts may outlive it and would hold them.
    const output = await open(this.#outputFile, 'a');
    try {
      const [file, ...args] = this.#argv;
      // Podman's monitor leaves a file `oom` where the daemon was started.
      const cwd = path.dirname(this.#outputFile);
      this.#child = spawn(file, args, { cwd, stdio: ['ignore', output.fd, output.fd] });
      // A program that is not there has no process, which is seen below.
      this.#child.on('error', () => undefined);
    } finally {
      await output.close();
    }
    const isUp = await waitUntil(async () => !this.isRunning || (await isReady()), READY_TIMEOUT_MS);
    if (isUp && this.isRunning) return;
    await this.kill();
    const end = (await readFile(this.#outputFile, 'utf8')).slice(-SHOWN_OUTPUT_CHARACTERS);
    throw new Error(`${this.#argv.join(' ')} does not answer:\n${end}`);
  }

  /** SIGTERM, and SIGKILL when that takes too long. */
  async stop(): Promise<void> {
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    if (!(await waitUntil(() => !this.isRunning, STOP_TIMEOUT_MS))) await this.kill();
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await waitUntil(() => !this.isRunning, STOP_TIMEOUT_MS);
  }

  signal(name: NodeJS.Signals): void {
    if (this.isRunning) this.#child?.kill(name);
  }
}
