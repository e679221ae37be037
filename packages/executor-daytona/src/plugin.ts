import type { ExecutorPlugin } from '@cloche/core/executor';
import { DaytonaExecutor } from './daytona-executor.ts';
import type { DaytonaOptions } from './options.ts';
import { daytonaOptionsSchema } from './options.ts';

/** Runs programs in Daytona cloud sandboxes, each deleted after its run. */
export const daytonaExecutor: ExecutorPlugin<DaytonaOptions> = {
  specificationVersion: 1,
  name: 'daytona',
  optionsSchema: daytonaOptionsSchema,
  create(options, host) {
    return new DaytonaExecutor(options, host);
  },
};
