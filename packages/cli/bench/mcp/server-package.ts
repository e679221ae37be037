import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { installPackedServer, ownEnvironment } from '../packed-command.ts';

export type ServerProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** `@cloche/mcp-server`, packed and installed. Its programs run on this machine, as ordinary processes. */
export class ServerPackage {
  readonly #entry: string;
  readonly #directory: string;

  private constructor(entry: string, directory: string) {
    this.#entry = entry;
    this.#directory = directory;
  }

  static install(directory: string): ServerPackage {
    return new ServerPackage(installPackedServer(directory), directory);
  }

  get environment(): Record<string, string | undefined> {
    return { ...ownEnvironment(this.#directory), CLOCHE_EXECUTOR: 'local', CLOCHE_LOCAL_SANDBOX: 'off' };
  }

  get entry(): string {
    return this.#entry;
  }

  start(
    words: readonly string[] = [],
    options: {
      readonly nodeOptions?: readonly string[];
      readonly environment?: Readonly<Record<string, string>>;
    } = {},
  ): ServerProcess {
    const child = spawn(process.execPath, [...(options.nodeOptions ?? []), this.#entry, ...words], {
      cwd: this.#directory,
      env: { ...this.environment, ...options.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => undefined);
    return child;
  }
}
