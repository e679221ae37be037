import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { ExecutionRequest } from '@cloche/core/executor';
import { testEnvironment } from '../../environment.ts';

const OWNER_SCRIPT = path.join(import.meta.dirname, 'own-containers.ts');

/** A process of its own whose program is under way. */
export interface Owner extends AsyncDisposable {
  /** As it stands in the label of its containers. */
  readonly name: string;
  readonly process: ChildProcess;
  /** Without a chance to clean up. */
  kill: () => Promise<void>;
  /** Lets it end by itself; the status of its run. */
  finish: () => Promise<string | undefined>;
}

/** @param waiting how many containers its pool comes to hold */
export async function startOwner(request: ExecutionRequest, waiting = 0): Promise<Owner> {
  const words = ['--conditions=@cloche/source', OWNER_SCRIPT, String(waiting), JSON.stringify(request)];
  const child = spawn(process.execPath, words, {
    env: testEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: name } = (await lines.next()) as { value: string | undefined };
  if (name === undefined) throw new Error('the owner ended before its program was under way');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return {
    name,
    process: child,
    kill,
    finish: async () => {
      child.stdin.end();
      const { value } = (await lines.next()) as { value: string | undefined };
      await exited;
      return value;
    },
    [Symbol.asyncDispose]: kill,
  };
}
