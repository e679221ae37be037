import { pluginDirectory } from '@cloche/core';
import type { PluginDirectory } from '@cloche/core';
import type { CommandContext } from '../program/command-context.ts';
import { BUILT_IN_EXECUTORS } from './built-in-executors.ts';
import { contractModuleUrl } from './contract-module-url.ts';

/** Where the executors that this user added are. */
export function addedExecutors(context: CommandContext): PluginDirectory {
  const { environment, platform, homeDirectory, workingDirectory } = context;
  return pluginDirectory({
    environment,
    platform,
    homeDirectory,
    workingDirectory,
    contractModuleUrl: contractModuleUrl(),
    builtInNames: Object.keys(BUILT_IN_EXECUTORS),
  });
}
