import { DEFAULT_GENERATOR_CONFIG } from '@cloche/core';
import type { GeneratorConfig } from '@cloche/core';
import type { BaseUrls, ModelReply, ModelServer } from '@cloche/model-test-server';
import { startModelServer } from '@cloche/model-test-server';
import type { TestConnection, TestConnectionOptions } from '../../support/open-connection.ts';
import { openConnection } from '../../support/open-connection.ts';

/** Nobody's; wherever it turns up it is found. */
export const KEY = 'sk-test-marker-4f1d9c0b7e2a';

export interface ModelConnection extends TestConnection {
  readonly model: ModelServer;
}

export interface ModelConnectionOptions extends TestConnectionOptions {
  readonly provider?: keyof BaseUrls;
  readonly generator?: Partial<GeneratorConfig>;
}

export function generatorConfig(
  model: ModelServer,
  provider: keyof BaseUrls = 'compatible',
): GeneratorConfig {
  return {
    ...DEFAULT_GENERATOR_CONFIG,
    provider,
    model: 'test-model',
    baseUrl: model.baseUrls[provider],
    baseUrlSource: { kind: 'user', name: 'config.toml:1' },
    apiKey: KEY,
  };
}

/** A client of the whole service, for which a scripted model is configured. */
export async function openModelConnection(
  replies: readonly ModelReply[],
  options: ModelConnectionOptions = {},
): Promise<ModelConnection> {
  const model = await startModelServer();
  model.script(replies);
  const generator = { ...generatorConfig(model, options.provider), ...options.generator };
  const connection = await openConnection({ ...options, config: { ...options.config, generator } });
  return {
    ...connection,
    model,
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}
