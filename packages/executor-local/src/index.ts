export { SANDBOX_MODES } from './options.ts';
export type { LocalOptions, SandboxMode } from './options.ts';
export { localExecutor, localExecutor as default } from './plugin.ts';
