import { createExecutorHost, createLogger, createRunner, DEFAULT_RUNNER_CONFIG } from '@cloche/core';
import type { Runner } from '@cloche/core';
import type { Execution, ExecutionRequest } from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';
import type { DaytonaServer } from '@cloche/daytona-test-server';
import { ownEnvironment } from '../packed-command.ts';

/** Core with the Daytona executor alone. What is known of the snapshot is kept below the directory. */
export class DaytonaRunner implements AsyncDisposable {
  readonly #runner: Runner;

  constructor(
    { apiKey, apiUrl }: DaytonaServer,
    directory: string,
    options: { readonly keepSandbox?: boolean } = {},
  ) {
    this.#runner = createRunner({
      executors: { daytona: () => import('@cloche/executor-daytona') },
      config: {
        ...DEFAULT_RUNNER_CONFIG,
        executor: 'daytona',
        executorOptions: { daytona: { apiKey, apiUrl, ...options } },
      },
      host: createExecutorHost({
        environment: ownEnvironment(directory),
        logger: createLogger({ level: 'error' }),
      }),
    });
  }

  start(request: ExecutionRequest): Execution {
    return this.#runner.execute(request);
  }

  /** @throws Error where it does not end well, or a sandbox is left */
  async run(request: ExecutionRequest): Promise<void> {
    const { status, run, warnings } = await this.start(request).result;
    if (status !== 'ok')
      throw new Error(`The program ended with ${status}. ${run === null ? '' : outputText(run.stderr)}`);
    if (warnings.length > 0) throw new Error(warnings.map(({ en }) => en).join(' '));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#runner[Symbol.asyncDispose]();
  }
}
