export { addedExecutors } from './added-executors.ts';
export { BUILT_IN_EXECUTORS } from './built-in-executors.ts';
export type { CommandMessages } from './command-messages.ts';
export type { CommandSurroundings } from './command-surroundings.ts';
export { configFlags } from './config-flags.ts';
export {
  CONFIG_OPTIONS,
  DAYTONA_OPTIONS,
  DAYTONA_SERVICE_OPTIONS,
  GENERATOR_OPTIONS,
  GENERATOR_SERVICE_OPTIONS,
} from './config-options.ts';
export { internalError } from './internal-error.ts';
export { openHost } from './open-host.ts';
export { openRunner, readConfig, withRunner } from './open-runner.ts';
export type { ConfigFlags } from './open-runner.ts';
export type { OptionDefinition, OptionGroup } from './option-definition.ts';
export type { OptionReader } from './option-reader.ts';
export { readServerOptions } from './read-server-options.ts';
export { runMcpServer } from './run-mcp-server.ts';
export { ServerEnding } from './server-ending.ts';
export { SERVER_OPTIONS } from './server-options.ts';
export { sweepOutputs } from './sweep-outputs.ts';
