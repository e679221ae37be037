import { createRunner, loadConfig } from '@cloche/core';
import type { ConfigKey, LoadedConfig, Runner } from '@cloche/core';
import { addedExecutors } from './added-executors.ts';
import { BUILT_IN_EXECUTORS } from './built-in-executors.ts';
import type { CommandSurroundings } from './command-surroundings.ts';
import { openHost } from './open-host.ts';

export type ConfigFlags = Partial<Record<ConfigKey, string>>;

/** The configuration as this command line, environment and files have it. Its warnings are told here. */
export async function readConfig(
  surroundings: CommandSurroundings,
  flags: ConfigFlags,
): Promise<LoadedConfig> {
  const { environment, workingDirectory, homeDirectory, platform } = surroundings;
  const loaded = await loadConfig({ flags, environment, workingDirectory, homeDirectory, platform });
  const { locale } = loaded.config;
  if (locale !== null && !surroundings.isLocaleGiven) surroundings.messages.locale = locale;
  for (const warning of loaded.warnings) surroundings.messages.warning(warning);
  return loaded;
}

/** Lends a runner, and disposes it however that ends. */
export async function withRunner<Value>(
  surroundings: CommandSurroundings,
  loaded: LoadedConfig,
  use: (runner: Runner) => Promise<Value>,
): Promise<Value> {
  const runner = openRunner(surroundings, loaded);
  try {
    return await use(runner);
  } finally {
    await runner[Symbol.asyncDispose]();
  }
}

/**
 * Where everything comes together: the executors of this command, those that were added, the configuration. Disposed of
 * by whoever asks for it.
 */
export function openRunner(surroundings: CommandSurroundings, loaded: LoadedConfig): Runner {
  const added = addedExecutors(surroundings);
  return createRunner({
    executors: BUILT_IN_EXECUTORS,
    resolve: (name) => added.loadPlugin(name),
    addedNames: async () => (await added.listPlugins()).map(({ name }) => name),
    config: loaded.config,
    configEntries: loaded.entries,
    host: openHost(surroundings),
  });
}
