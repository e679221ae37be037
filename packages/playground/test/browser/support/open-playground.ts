import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExecutorHost, createLogger, createRunner } from '@cloche/core';
import type { ExecutorLoader } from '@cloche/core';
import { inject } from 'vitest';
import { type PlaygroundServing, servePlayground } from '../../../src/index.ts';
import { searchPath } from './environment.ts';
import { MODEL_GENERATION } from '../../server/support/model-generation.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the page was built for this run of the tests. */
    readonly pageDirectory: string;
  }
}

export interface TestPlaygroundOptions {
  /** Default: local alone. */
  readonly executors?: Readonly<Record<string, ExecutorLoader>>;
  /** `CLOCHE_…` and the like; nothing of this process's own but the search path. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Of an earlier one, so that its keys are there. Default: a new one, removed at the end. */
  readonly home?: string;
}

export interface TestPlayground extends AsyncDisposable {
  readonly serving: PlaygroundServing;
  readonly home: string;
}

/** A cache may still be written when its owner has gone. */
const REMOVAL = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const;

const LOCAL: Readonly<Record<string, ExecutorLoader>> = { local: () => import('@cloche/executor-local') };

/** The real server and real executors, with a home directory of its own. */
export async function openPlayground(options: TestPlaygroundOptions = {}): Promise<TestPlayground> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'cloche-playground-')));
  const environment = {
    PATH: searchPath(),
    HOME: home,
    LANG: 'en_US.UTF-8',
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    ...options.environment,
  };
  const host = createExecutorHost({
    environment,
    homeDirectory: home,
    logger: createLogger({ level: 'error' }),
  });
  const serving = await servePlayground({
    version: '0.0.0-test',
    locale: 'en',
    host,
    ...(options.port === undefined ? {} : { port: options.port }),
    configInput: {
      environment,
      workingDirectory: home,
      homeDirectory: home,
      platform: process.platform,
    },
    openRunner: (loaded) =>
      createRunner({
        executors: options.executors ?? LOCAL,
        config: loaded.config,
        configEntries: loaded.entries,
        host,
      }),
    pageDirectory: inject('pageDirectory'),
    generation: MODEL_GENERATION,
  });
  return {
    serving,
    home,
    [Symbol.asyncDispose]: async () => {
      await serving.close();
      if (options.home === undefined) await rm(home, REMOVAL);
    },
  };
}
