import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createExecutorHost, createRunner } from '@cloche/core';
import type { Runner } from '@cloche/core';
import { onTestFinished } from 'vitest';
import { testEnvironment } from './environment.ts';

/** Kept from one test run to the next, as a user's cache is: Go's standard library takes its time. */
const SHARED_CACHE = join(import.meta.dirname, '../../../../node_modules/.cache/cloche/test-cache');

/** Runs for real, on this machine; disposed when the test is over. */
export function openTestRunner(environment: Readonly<Record<string, string>> = {}): Runner {
  const directory = mkdtempSync(join(tmpdir(), 'cloche-generator-test-'));
  const runner = createRunner({
    executors: { local: () => import('@cloche/executor-local') },
    config: { executor: 'local', auto: { order: ['local'] } },
    host: createExecutorHost({
      environment: {
        ...testEnvironment(),
        XDG_CACHE_HOME: SHARED_CACHE,
        XDG_STATE_HOME: directory,
        ...environment,
      },
    }),
  });
  onTestFinished(async () => {
    await runner[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });
  return runner;
}

/** Where a program of this machine is. */
export function pathOf(program: string): string | null {
  const directories = (testEnvironment()['PATH'] ?? '').split(delimiter);
  return directories.map((directory) => join(directory, program)).find((path) => existsSync(path)) ?? null;
}
