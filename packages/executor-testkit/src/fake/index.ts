export { createFakeExecutor } from './create-fake-executor.ts';
export { createFakePlugin } from './create-fake-plugin.ts';
export type { FakeExecutorOptions } from './fake-options.ts';
