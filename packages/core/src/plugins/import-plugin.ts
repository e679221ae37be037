import { pathToFileURL } from 'node:url';
import type { ExecutorPlugin } from '../executor/executor-plugin.ts';
import { checkPlugin } from '../registry/check-plugin.ts';
import { notLoaded } from './plugin-errors.ts';
import { shareContract } from './share-contract.ts';

export interface PluginModule {
  readonly plugin: ExecutorPlugin;
  /** Everything that the module exports, the plugin as `default`; of what shape, nobody has checked. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/**
 * Loads an added plugin, which runs its code. The one place where the name of a module is computed.
 *
 * @param entryFile the module whose default export is the plugin
 * @param directory below which the plugin and its dependencies lie
 * @throws ClocheError `ERR_EXECUTOR_FAILED` when it cannot be loaded or is no plugin
 */
export async function importPlugin(
  entryFile: string,
  directory: string,
  name: string,
  contractModuleUrl: string,
): Promise<PluginModule> {
  shareContract(directory, contractModuleUrl);
  let exports: Readonly<Record<string, unknown>>;
  try {
    exports = (await import(pathToFileURL(entryFile).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw notLoaded(name, error);
  }
  return { plugin: checkPlugin(name, exports), exports };
}
