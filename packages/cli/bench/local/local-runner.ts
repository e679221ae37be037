import path from 'node:path';
import { createExecutorHost, createLogger, createRunner, DEFAULT_RUNNER_CONFIG } from '@cloche/core';
import type { Runner } from '@cloche/core';
import { environment } from '../../src/environment.ts';

export interface LocalRunner {
  readonly runner: Runner;
  /** The interpreter that it runs, for bare runs beside it. */
  readonly python: string;
  /** Whether programs are under a sandbox of the operating system. */
  readonly isSandboxed: boolean;
}

/** Lends a runner with the local executor alone, which keeps what it keeps below `directory`. */
export async function withLocalRunner<Value>(
  directory: string,
  sandbox: 'auto' | 'off',
  use: (local: LocalRunner) => Promise<Value>,
): Promise<Value> {
  const runner = createRunner({
    executors: { local: () => import('@cloche/executor-local') },
    config: { ...DEFAULT_RUNNER_CONFIG, executor: 'local', executorOptions: { local: { sandbox } } },
    host: createExecutorHost({
      environment: { ...environment, CLOCHE_HOME: path.join(directory, 'cloche') },
      logger: createLogger({ level: 'error' }),
    }),
  });
  try {
    const executor = await runner.executor('local');
    const { isolation, languages } = await executor.capabilities({ languages: ['python'] });
    if (languages.python?.available !== true) throw new Error('The local executor finds no Python here.');
    return await use({ runner, python: languages.python.location, isSandboxed: isolation !== 'none' });
  } finally {
    await runner[Symbol.asyncDispose]();
  }
}

export async function runPython({ runner }: LocalRunner, code: string): Promise<void> {
  const result = await runner.execute({ language: 'python', code }).result;
  if (result.status !== 'ok') throw new Error(`The program ended with ${result.status}.`);
}
