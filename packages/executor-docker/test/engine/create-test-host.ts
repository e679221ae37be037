import path from 'node:path';
import { createExecutorHost } from '@cloche/core';
import type { ExecutorHost } from '@cloche/core/executor';

/** A host that sees this environment and nothing of the test's own. */
export function createTestHost(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): ExecutorHost {
  return createExecutorHost({ environment, platform });
}

/** For programs that a test starts: where `node` itself is found. */
export const NODE_PATH: string = `${path.dirname(process.execPath)}:/usr/bin:/bin`;
