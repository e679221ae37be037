import { configSourceOf } from '@cloche/core';
import type { ConfigKey, LoadedConfig } from '@cloche/core';
import type { NetworkPolicy } from '@cloche/core/executor';

/** What was chosen in the page alone, so that nobody else would know of it. Undefined: it was not. No key is among it. */
export interface ChosenValues {
  readonly executor?: string;
  readonly network?: NetworkPolicy;
  readonly timeoutMs?: number;
  readonly memoryBytes?: number;
  readonly provider?: string;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly maximumAttempts?: number;
}

export function chosenValues(loaded: LoadedConfig): ChosenValues {
  const isChosen = (key: ConfigKey): boolean => configSourceOf(loaded, key).kind === 'session';
  const { config } = loaded;
  const { generator, limits } = config;
  return {
    ...(isChosen('executor') && { executor: config.executor }),
    ...(isChosen('network') && { network: config.network }),
    ...(isChosen('limits.timeout') && { timeoutMs: limits.runTimeoutMs }),
    ...(isChosen('limits.memory') && { memoryBytes: limits.memoryBytes }),
    ...(isChosen('generator.provider') && generator.provider !== null && { provider: generator.provider }),
    ...(isChosen('generator.model') && generator.model !== null && { model: generator.model }),
    ...(isChosen('generator.baseUrl') && generator.baseUrl !== null && { baseUrl: generator.baseUrl }),
    ...(isChosen('generator.maxAttempts') && { maximumAttempts: generator.maximumAttempts }),
  };
}
