import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createExecutorHost } from '@cloche/core';
import type { ExecutorHost } from '@cloche/core/executor';
import { testEnvironment } from '../environment.ts';

/** A host whose caches and state lie in a directory of the test's own. */
export async function createTestHost(): Promise<{ host: ExecutorHost; remove: () => Promise<void> }> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-daytona-test-'));
  const environment = {
    ...testEnvironment(),
    XDG_CACHE_HOME: path.join(directory, 'cache'),
    XDG_STATE_HOME: path.join(directory, 'state'),
  };
  return {
    host: createExecutorHost({ environment }),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
