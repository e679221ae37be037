import type { ExecutorPlugin } from '@cloche/core/executor';
import { createFakeExecutor } from './create-fake-executor.ts';
import type { FakeExecutorOptions } from './fake-options.ts';

/** The fake executor as a plugin, for registries. It takes no options from a configuration. */
export function createFakePlugin(options: Omit<FakeExecutorOptions, 'host'> = {}): ExecutorPlugin {
  return {
    specificationVersion: 1,
    name: options.name ?? 'fake',
    optionsSchema: { '~standard': { version: 1, vendor: 'cloche', validate: (value) => ({ value }) } },
    create: (_, host) => createFakeExecutor({ ...options, host }),
  };
}
