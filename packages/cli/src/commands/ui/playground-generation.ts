import type { Config } from '@cloche/core';
import type { ResolvedModel } from '@cloche/generator';
import type { PlaygroundGeneration } from '@cloche/playground';

type Environment = Readonly<Record<string, string | undefined>>;

/** What writes programs for the page, as the configuration of the moment says it. Loaded when the page asks. */
export function playgroundGeneration(environment: Environment): PlaygroundGeneration {
  return {
    async describe(config) {
      const { resolveModel } = await import('@cloche/generator');
      const resolved = resolveModel(config.generator, environment);
      if (resolved === null) return null;
      const { service, model, keySource } = resolved;
      return { name: model === null ? service : `${service}, ${model}`, keySource };
    },
    async open(config, runner) {
      const { createGenerator, openCodeModel } = await import('@cloche/generator');
      return createGenerator({ runner, model: openCodeModel(await resolve(config, environment)), config });
    },
    async listModels(config, signal) {
      const { listModels } = await import('@cloche/generator');
      const models = await listModels(await resolve(config, environment), { signal });
      return models.map(({ id }) => id);
    },
  };
}

/** @throws ClocheError `ERR_GENERATOR_FAILED` where nothing is configured */
async function resolve(config: Config, environment: Environment): Promise<ResolvedModel> {
  const { noModelConfigured, resolveModel } = await import('@cloche/generator');
  const resolved = resolveModel(config.generator, environment);
  if (resolved === null) throw noModelConfigured();
  return resolved;
}
