import { join } from 'node:path';
import { createExecutorHost } from '@cloche/core';
import type { ExecutorHost } from '@cloche/core/executor';
import { testEnvironment } from './environment.ts';

/** Kept from one test run to the next, as a user's cache is: Go's standard library takes its time. */
const cache = join(import.meta.dirname, '../../../node_modules/.cache/cloche/test-cache');

/** @param environment where tools are looked up; default: that of the tests */
export function createTestHost(
  environment: Readonly<Record<string, string | undefined>> = testEnvironment,
): ExecutorHost {
  return createExecutorHost({ environment, directories: { cache, state: join(cache, 'state') } });
}
