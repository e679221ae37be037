import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config, Runner } from '@cloche/core';
import { createExecutorHost, createLogger, createRunner, DEFAULT_RUNNER_CONFIG } from '@cloche/core';
import type { ServiceBounds } from '../../src/index.ts';
import { createMcpService } from '../../src/index.ts';
import type { McpService } from '../../src/index.ts';
import { environment } from './environment.ts';

export interface TestServiceOptions {
  readonly config?: Partial<Config>;
  readonly bounds?: ServiceBounds;
  /** Default: a new one, which goes with the service. */
  readonly directory?: string;
}

export interface TestService extends AsyncDisposable {
  readonly service: McpService;
  readonly runner: Runner;
  /** Everything that Cloche keeps is below it. */
  readonly directory: string;
}

/** The whole service, over the local executor where nothing else is said: programs really run. */
export async function openTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const directory = options.directory ?? (await mkdtemp(path.join(tmpdir(), 'cloche-mcp-')));
  const config: Config = { ...DEFAULT_RUNNER_CONFIG, executor: 'local', locale: 'en', ...options.config };
  const host = createExecutorHost({
    environment: { ...environment, CLOCHE_HOME: directory },
    logger: createLogger({ level: 'error' }),
  });
  const runner = createRunner({
    executors: {
      local: () => import('@cloche/executor-local'),
      docker: () => import('@cloche/executor-docker'),
    },
    config,
    host,
  });
  const service = createMcpService(
    { runner, config, host, version: '0.0.0', transport: 'stdio' },
    options.bounds,
  );
  return {
    service,
    runner,
    directory,
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await runner[Symbol.asyncDispose]();
      if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}
