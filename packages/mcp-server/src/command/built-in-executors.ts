import type { ExecutorLoader } from '@cloche/core';

/** What comes with both commands. Each is loaded when a run needs it, and not before. */
export const BUILT_IN_EXECUTORS: Readonly<Record<string, ExecutorLoader>> = {
  local: () => import('@cloche/executor-local'),
  docker: () => import('@cloche/executor-docker'),
};
