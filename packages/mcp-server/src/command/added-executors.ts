import { pluginDirectory } from '@cloche/core';
import type { PluginDirectory } from '@cloche/core';
import { BUILT_IN_EXECUTORS } from './built-in-executors.ts';
import type { CommandSurroundings } from './command-surroundings.ts';
import { contractModuleUrl } from './contract-module-url.ts';

/** Where the executors that this user added are. */
export function addedExecutors(surroundings: CommandSurroundings): PluginDirectory {
  const { environment, platform, homeDirectory, workingDirectory } = surroundings;
  return pluginDirectory({
    environment,
    platform,
    homeDirectory,
    workingDirectory,
    contractModuleUrl: contractModuleUrl(),
    builtInNames: Object.keys(BUILT_IN_EXECUTORS),
  });
}
