import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config, Runner } from '@cloche/core';
import {
  createExecutorHost,
  createLogger,
  createRunner,
  DEFAULT_GENERATOR_CONFIG,
  DEFAULT_RUNNER_CONFIG,
} from '@cloche/core';
import type { ServiceBounds } from '../../src/index.ts';
import { createMcpService } from '../../src/index.ts';
import type { McpService } from '../../src/index.ts';
import { environment } from './environment.ts';

export interface TestServiceOptions {
  readonly config?: Partial<Config>;
  readonly bounds?: ServiceBounds;
  /** Beside that of the test process, whose own models are not asked. */
  readonly environment?: Readonly<Record<string, string>>;
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
  const config: Config = {
    ...DEFAULT_RUNNER_CONFIG,
    generator: DEFAULT_GENERATOR_CONFIG,
    executor: 'local',
    locale: 'en',
    ...options.config,
  };
  const host = createExecutorHost({
    environment: { ...withoutModels(), ...options.environment, CLOCHE_HOME: directory },
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
      // What was asked of an executor ahead of a run may still write its answer there.
      if (options.directory === undefined)
        await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

/** Without what would let a developer's own account pay for a test. */
function withoutModels(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/_API_KEY$|_BASE_URL$|^CLOCHE_GENERATOR_/u.test(name)),
  );
}
