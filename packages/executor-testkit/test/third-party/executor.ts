import type { Executor } from '@cloche/core/executor';
import { createFakeExecutor } from '../../src/fake/index.ts';
import { createTestHost } from '../create-test-host.ts';

/** Stands for the executor that a third party has written. */
export function createExecutor(): Executor {
  return createFakeExecutor({ host: createTestHost(), name: 'glass' });
}
