import { availableParallelism } from 'node:os';
import type { Config } from '../config/config.ts';
import { DEFAULT_LIMITS } from '../executor/index.ts';

/** The part of the configuration that a runner reads. */
export type RunnerConfig = Omit<Config, 'locale' | 'generator'>;

/** What a runner does where its options give no configuration: the defaults of the configuration itself. */
export const DEFAULT_RUNNER_CONFIG: RunnerConfig = {
  executor: 'auto',
  auto: { order: ['docker', 'local'] },
  isolation: { minimum: 'none' },
  network: 'none',
  limits: DEFAULT_LIMITS,
  queue: { concurrency: Math.max(2, availableParallelism()), length: 256 },
  languages: {},
  executorOptions: {},
};
