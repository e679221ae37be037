import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Core in a process like the server's, bundled too: one that holds sources and a whole benchmark starts others slower. */
export class CoreClient implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string, undefined>;
  /** Milliseconds, as that process measured them. */
  readonly times: number[] = [];

  constructor(directory: string) {
    const child = spawn(process.execPath, [bundleCoreProcess(directory), directory], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#process = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  async run(): Promise<void> {
    this.#process.stdin?.write('\n');
    const line = await this.#lines.next();
    if (line.done === true) throw new Error('The process with core has ended too early.');
    this.times.push(Number(line.value));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.stdin?.end();
    await ended;
  }
}

/** Returns the path of the bundle. */
function bundleCoreProcess(directory: string): string {
  const target = path.join(directory, 'core-process');
  const packageDirectory = path.join(import.meta.dirname, '../..');
  const tsdown = path.join(packageDirectory, '../../node_modules/tsdown/dist/run.mjs');
  const argv = [tsdown, 'bench/mcp/core-process.ts', '--out-dir', target];
  execFileSync(process.execPath, argv, { cwd: packageDirectory, stdio: ['ignore', 'ignore', 'inherit'] });
  return path.join(target, 'core-process.js');
}
