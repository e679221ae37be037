import { registerHooks } from 'node:module';
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const CONTRACT_SPECIFIERS: ReadonlySet<string> = new Set(['@cloche/core/executor', '@cloche/core']);

const shared = new Set<string>();

/**
 * Whatever below `directory` imports the contract gets the copy of this process, be it bundled or not,
 * and whether or not another lies in its own `node_modules`: one class of errors, one table of languages.
 *
 * @param directory absolute, with no symbolic link in it
 */
export function shareContract(directory: string, contractModuleUrl: string): void {
  const prefix = pathToFileURL(directory + sep).href;
  const key = `${prefix}\n${contractModuleUrl}`;
  if (shared.has(key)) return;
  shared.add(key);
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      const isOurs = CONTRACT_SPECIFIERS.has(specifier) && context.parentURL?.startsWith(prefix) === true;
      return isOurs ? { url: contractModuleUrl, shortCircuit: true } : nextResolve(specifier, context);
    },
  });
}
