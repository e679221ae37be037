import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExecutorHost, createRunner } from '@cloche/core';
import type { Runner } from '@cloche/core';
import type { ExecutorPlugin, LanguageId } from '@cloche/core/executor';
import { localExecutor } from '@cloche/executor-local';
import { onTestFinished } from 'vitest';
import { testEnvironment } from './environment.ts';

/** Kept from one test run to the next, as a user's cache is: Go's standard library takes its time. */
const SHARED_CACHE = join(import.meta.dirname, '../../../../node_modules/.cache/cloche/test-cache');

export interface TestRunnerOptions {
  /** A language whose tools this machine is taken not to have. */
  readonly without?: LanguageId;
}

/** Runs for real, on this machine; disposed when the test is over. */
export function openTestRunner({ without }: TestRunnerOptions = {}): Runner {
  const directory = mkdtempSync(join(tmpdir(), 'cloche-generator-test-'));
  const runner = createRunner({
    executors: { local: () => Promise.resolve(without === undefined ? localExecutor : lacking(without)) },
    config: { executor: 'local', auto: { order: ['local'] } },
    host: createExecutorHost({
      environment: {
        ...testEnvironment(),
        XDG_CACHE_HOME: SHARED_CACHE,
        XDG_STATE_HOME: directory,
      },
    }),
  });
  onTestFinished(async () => {
    await runner[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });
  return runner;
}

/** The local executor, of a machine without a language. */
function lacking(language: LanguageId): ExecutorPlugin<Parameters<typeof localExecutor.create>[0]> {
  return {
    ...localExecutor,
    create: (options, host) => {
      const executor = localExecutor.create(options, host);
      const capabilities = executor.capabilities.bind(executor);
      return Object.assign(executor, {
        capabilities: async (...query: Parameters<typeof capabilities>) => {
          const found = await capabilities(...query);
          const missing = { available: false, reason: { en: 'no tools', zh: '没有工具' } } as const;
          return { ...found, languages: { ...found.languages, [language]: missing } };
        },
      });
    },
  };
}
