// The playground from its sources, for whoever works on the page:
//   node --conditions=@cloche/source packages/playground/dev/serve.ts [PORT]
// Programs run with the executors of the two commands; what is written into dist/page is served as it is there.
import { homedir } from 'node:os';
import { createExecutorHost, createRunner } from '@cloche/core';
import type { Config } from '@cloche/core';
import type { ResolvedModel } from '@cloche/generator';
import type { PlaygroundGeneration } from '../src/index.ts';
import { servePlayground } from '../src/index.ts';
import { environment } from './environment.ts';

/** @throws ClocheError `ERR_GENERATOR_FAILED` where nothing is configured */
async function resolve({ generator }: Config): Promise<ResolvedModel> {
  const { noModelConfigured, resolveModel } = await import('@cloche/generator');
  const resolved = resolveModel(generator, environment);
  if (resolved === null) throw noModelConfigured();
  return resolved;
}

const generation: PlaygroundGeneration = {
  async describe(config) {
    const { resolveModel } = await import('@cloche/generator');
    const resolved = resolveModel(config.generator, environment);
    if (resolved === null) return null;
    const { service, model, keySource } = resolved;
    return { name: model === null ? service : `${service}, ${model}`, keySource };
  },
  async open(config, runner) {
    const { createGenerator, openCodeModel } = await import('@cloche/generator');
    return createGenerator({ runner, model: openCodeModel(await resolve(config)), config });
  },
  async listModels(config, signal) {
    const { listModels } = await import('@cloche/generator');
    return (await listModels(await resolve(config), { signal })).map(({ id }) => id);
  },
};

const host = createExecutorHost({ environment });
const serving = await servePlayground({
  port: Number(process.argv[2] ?? 0),
  version: '0.0.0-dev',
  locale: 'en',
  host,
  configInput: {
    environment,
    workingDirectory: process.cwd(),
    homeDirectory: homedir(),
    platform: process.platform,
  },
  openRunner: ({ config, entries }) =>
    createRunner({
      executors: {
        local: () => import('@cloche/executor-local'),
        docker: () => import('@cloche/executor-docker'),
      },
      config,
      configEntries: entries,
      host,
    }),
  generation,
});
console.log(serving.address());
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void serving.close().then(() => process.exit(0)));
}
