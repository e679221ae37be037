import {
  createGenerator,
  listModels,
  noModelConfigured,
  openCodeModel,
  resolveModel,
} from '@cloche/generator';
import type { PlaygroundGeneration } from '../../../src/index.ts';

/** Put together as the command puts it together. */
export function testGeneration(environment: Readonly<Record<string, string>>): PlaygroundGeneration {
  return {
    describe: (config) => {
      const resolved = resolveModel(config.generator, environment);
      return Promise.resolve(
        resolved && {
          name: `${resolved.provider}, ${resolved.model ?? '?'}`,
          keySource: resolved.keySource,
        },
      );
    },
    open: async (config, runner) => {
      const resolved = resolveModel(config.generator, environment);
      if (!resolved) throw noModelConfigured();
      return createGenerator({ runner, model: openCodeModel(resolved), config });
    },
    listModels: async (config, signal) => {
      const resolved = resolveModel(config.generator, environment);
      if (!resolved) throw noModelConfigured();
      return (await listModels(resolved, { signal })).map(({ id }) => id);
    },
  };
}
