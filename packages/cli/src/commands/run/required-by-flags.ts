import { CONFIG_KEYS } from '@cloche/core';
import type { LoadedConfig } from '@cloche/core';
import type { ExecutionLimits, NetworkPolicy } from '@cloche/core/executor';

export interface RequiredByFlags {
  readonly limits: Partial<ExecutionLimits>;
  readonly network?: NetworkPolicy;
}

/** What was typed is required; what a file or a variable says is a default. */
export function requiredByFlags({ config, entries }: LoadedConfig): RequiredByFlags {
  const isFlag = (key: string): boolean =>
    entries.some((entry) => entry.key === key && entry.source.kind === 'flag');
  return {
    limits: Object.fromEntries(
      CONFIG_KEYS.flatMap(({ key, limit }) =>
        limit !== null && isFlag(key) ? [[limit, config.limits[limit]]] : [],
      ),
    ),
    ...(isFlag('network') ? { network: config.network } : {}),
  };
}
