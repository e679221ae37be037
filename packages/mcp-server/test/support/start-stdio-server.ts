import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from './environment.ts';

const SCRIPT = fileURLToPath(new URL('./stdio-server.ts', import.meta.url));

export interface StdioServer extends AsyncDisposable {
  readonly child: ChildProcessWithoutNullStreams;
  readonly exited: Promise<unknown>;
  readonly directory: string;
  /** What its stored outputs have left on the disk. */
  spools(): Promise<readonly string[]>;
}

export interface StdioServerOptions {
  readonly answerWithinMs?: number;
  /** Default: a new one, removed with the server. */
  readonly directory?: string;
}

export async function startStdioServer({
  answerWithinMs = 45_000,
  directory: given,
}: StdioServerOptions = {}): Promise<StdioServer> {
  const directory = given ?? (await mkdtemp(path.join(tmpdir(), 'cloche-stdio-')));
  const child = spawn(process.execPath, ['--conditions=@cloche/source', SCRIPT], {
    env: { ...environment, TEST_DIRECTORY: directory, TEST_ANSWER_WITHIN_MS: String(answerWithinMs) },
    stdio: 'pipe',
  });
  child.stderr.resume();
  // Writing to a server that has ended is what some of these tests do.
  child.stdin.on('error', () => undefined);
  const exited = once(child, 'exit');
  return {
    child,
    exited,
    directory,
    spools: () => readdir(path.join(directory, 'state', 'mcp-server')).catch(() => []),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
      if (given === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}
