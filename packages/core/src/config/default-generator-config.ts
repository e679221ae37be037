import type { GeneratorConfig } from './config.ts';

/** What a generator does where nobody configures anything: without a provider there is none. */
export const DEFAULT_GENERATOR_CONFIG: GeneratorConfig = {
  provider: null,
  model: null,
  baseUrl: null,
  baseUrlSource: null,
  apiKey: null,
  maximumAttempts: 3,
  maximumOutputTokens: 32_000,
  timeoutMs: 600_000,
};
