import type { Config } from '@cloche/core';

/** Executors whose every program is at least in a container. */
const ALWAYS_ISOLATED: ReadonlySet<string> = new Set(['docker', 'daytona']);

/** Whether this configuration lets a program run as an ordinary process of this machine. */
export function mayLackSandbox({ executor, auto, isolation, executorOptions }: Config): boolean {
  if (isolation.minimum !== 'none') return false;
  const names = executor === 'auto' ? auto.order : [executor];
  return names.some((name) => {
    if (name === 'local') return executorOptions['local']?.['sandbox'] !== 'required';
    return !ALWAYS_ISOLATED.has(name);
  });
}
