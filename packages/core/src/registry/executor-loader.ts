import type { ExecutorPlugin } from '../executor/index.ts';

/** What `import('@cloche/executor-NAME')` resolves to, or the plugin itself. */
export type LoadedPlugin = ExecutorPlugin | { readonly default: ExecutorPlugin };

/** Called at most once, and only when the executor is needed: `() => import('@cloche/executor-local')`. */
export type ExecutorLoader = () => Promise<LoadedPlugin>;
