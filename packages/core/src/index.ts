export type { ExecutorLoader, LoadedPlugin } from './registry/executor-loader.ts';
export { createRunner } from './runner/create-runner.ts';
export { DEFAULT_RUNNER_CONFIG } from './runner/runner-config.ts';
export type { RunnerConfig } from './runner/runner-config.ts';
export type { ConfigOrigin, ExecutorReport, Runner, RunnerOptions, RunOptions } from './runner/runner.ts';
export { EXECUTION_TRACE_CHANNEL } from './trace/execution-trace.ts';
export type { ExecutionTrace } from './trace/execution-trace.ts';
