import type { ExecutorPlugin } from '@cloche/core/executor';
import { LocalExecutor } from './local-executor.ts';
import type { LocalOptions } from './options.ts';
import { localOptionsSchema } from './options.ts';

/** Runs programs on this machine, under an operating-system sandbox wherever one works. */
export const localExecutor: ExecutorPlugin<LocalOptions> = {
  specificationVersion: 1,
  name: 'local',
  optionsSchema: localOptionsSchema,
  create(options, host) {
    return new LocalExecutor(options, host);
  },
};
