import type { ChildProcessByStdio } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { peakResidentBytes } from './peak-resident-bytes.ts';

const PLAYGROUND = path.join(import.meta.dirname, '../../../playground');

/** The playground's server with the page as it is published. Its programs run on this machine. */
export class ServerProcess implements AsyncDisposable {
  /** With a ticket that is good once. */
  readonly address: string;
  readonly #child: ChildProcessByStdio<null, Readable, null>;

  private constructor(child: ChildProcessByStdio<null, Readable, null>, address: string) {
    this.#child = child;
    this.address = address;
  }

  static async start(directory: string): Promise<ServerProcess> {
    const pageDirectory = path.join(directory, 'page');
    const vite = path.join(PLAYGROUND, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', '--outDir', pageDirectory], {
      cwd: PLAYGROUND,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const file = path.join(import.meta.dirname, 'serve-process.ts');
    const child = spawn(process.execPath, ['--conditions=@cloche/source', file, directory, pageDirectory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'close').then(([exitCode]) => {
        throw new Error(`The server ended with ${exitCode}.`);
      }),
    ])) as [Buffer];
    return new ServerProcess(child, line.toString().trim());
  }

  /** Of memory, until now. Null where the system does not tell. */
  get peakBytes(): number | null {
    return peakResidentBytes(this.#child.pid ?? 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGTERM');
    await closed;
  }
}
