import type { Config, Generator, Runner } from '@cloche/core';
import { printable } from '../../output/printable.ts';

export interface OpenGenerator {
  /** `Anthropic, claude-…`. */
  readonly modelName: string;
  readonly createGenerator: (runner: Runner) => Generator;
}

/**
 * What the configuration says writes programs. Nothing is asked of a service yet.
 *
 * @throws ClocheError `ERR_GENERATOR_FAILED` where nothing is configured, `ERR_CONFIG_INVALID` for contradictions
 */
export async function loadGenerator(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<OpenGenerator> {
  const { createGenerator, noModelConfigured, openCodeModel, resolveModel } =
    await import('@cloche/generator');
  const resolved = resolveModel(config.generator, environment);
  if (resolved === null) throw noModelConfigured();
  const { service, model } = resolved;
  return {
    modelName: printable(model === null ? service : `${service}, ${model}`),
    createGenerator: (runner) => createGenerator({ runner, model: openCodeModel(resolved), config }),
  };
}
