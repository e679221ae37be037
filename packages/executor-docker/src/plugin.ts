import type { ExecutorPlugin } from '@cloche/core/executor';
import { DockerExecutor } from './docker-executor.ts';
import type { DockerOptions } from './options.ts';
import { dockerOptionsSchema } from './options.ts';

/** Runs programs in hardened, single-use containers of Docker, Podman and their relatives. */
export const dockerExecutor: ExecutorPlugin<DockerOptions> = {
  specificationVersion: 1,
  name: 'docker',
  optionsSchema: dockerOptionsSchema,
  create(options, host) {
    return new DockerExecutor(options, host);
  },
};
