import type { Config } from '@cloche/core';
import {
  createGenerator,
  listModels,
  noModelConfigured,
  openCodeModel,
  resolveModel,
} from '@cloche/generator';
import type { ResolvedModel } from '@cloche/generator';
import type { ModelReply, ModelServer, ModelServerOptions } from '@cloche/model-test-server';
import { startModelServer } from '@cloche/model-test-server';
import { onTestFinished } from 'vitest';
import type { PlaygroundGeneration } from '../../../src/index.ts';

/** The real generator, without a provider's variables around it. */
export const MODEL_GENERATION: PlaygroundGeneration = {
  async describe({ generator }) {
    const resolved = resolveModel(generator, {});
    if (resolved === null) return null;
    const { service, model, keySource } = resolved;
    return { name: `${service}, ${model ?? '?'}`, keySource };
  },
  async open(config, runner) {
    return createGenerator({ runner, model: openCodeModel(resolve(config)), config });
  },
  async listModels(config, signal) {
    return (await listModels(resolve(config), { signal })).map(({ id }) => id);
  },
};

function resolve({ generator }: Config): ResolvedModel {
  const resolved = resolveModel(generator, {});
  if (resolved === null) throw noModelConfigured();
  return resolved;
}

/** A model's service on loopback, which answers what is scripted. */
export async function modelService(
  replies: readonly ModelReply[],
  options: ModelServerOptions = {},
): Promise<ModelServer> {
  const server = await startModelServer(options);
  onTestFinished(() => server[Symbol.asyncDispose]());
  server.script(replies);
  return server;
}

/** An answer as models give it. */
export function answer(code: string, words = ''): string {
  return `\`\`\`python\n${code.trimEnd()}\n\`\`\`\n${words}`;
}
