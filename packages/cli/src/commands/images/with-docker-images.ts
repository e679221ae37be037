import type { LoadedConfig } from '@cloche/core';
import { validateOptions } from '@cloche/core';
import type { DockerImages } from '@cloche/executor-docker';
import { openHost, readConfig } from '@cloche/mcp-server/command';
import type { CommandContext } from '../../program/command-context.ts';

/** Lends the images of the engine that the configuration means, and gives the connection back however that ends. */
export async function withDockerImages<Value>(
  context: CommandContext,
  use: (images: DockerImages) => Promise<Value>,
): Promise<Value> {
  const loaded = await readConfig(context, {});
  const { dockerImages, dockerOptionsSchema } = await import('@cloche/executor-docker');
  const options = await validateOptions(
    { name: 'docker', optionsSchema: dockerOptionsSchema },
    loaded.config.executorOptions['docker'] ?? {},
    (key) => originOf(loaded, key),
  );
  const images = dockerImages(options, openHost(context));
  try {
    return await use(images);
  } finally {
    await images[Symbol.asyncDispose]();
  }
}

function originOf({ entries }: LoadedConfig, key: string): string | null {
  return entries.find((entry) => entry.key === key)?.source.name ?? null;
}
