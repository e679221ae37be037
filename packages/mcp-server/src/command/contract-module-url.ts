import { existsSync } from 'node:fs';

/**
 * The module that an added executor gets for `@cloche/core/executor`: the one that this process uses, so
 * that both know the same classes. The build puts it beside every other file of the bundle.
 */
export function contractModuleUrl(): string {
  const bundled = new URL('./executor-contract.js', import.meta.url);
  return existsSync(bundled) ? bundled.href : import.meta.resolve('@cloche/core/executor');
}
