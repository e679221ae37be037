import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createExecutorHost } from '@cloche/core';
import type { ExecutorHost } from '@cloche/core/executor';
import { testEnvironment } from './environment.ts';

/** A host whose caches and state lie in a directory of the test's own. */
export async function createTestHost(): Promise<{
  host: ExecutorHost;
  directory: string;
  remove: () => Promise<void>;
}> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-docker-test-'));
  const environment = {
    ...testEnvironment(),
    XDG_CACHE_HOME: sharedCache(),
    XDG_STATE_HOME: path.join(directory, 'state'),
  };
  const host = createExecutorHost({ environment });
  return { host, directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** Kept from one test run to the next, as a user's cache is: what images have is asked once. */
function sharedCache(): string {
  return path.join(import.meta.dirname, '../../../node_modules/.cache/cloche/test-cache');
}
