import { randomUUID } from 'node:crypto';
import type { ContainerDefinition, Engine } from '../../src/engine/engine.ts';
import { TEST_IMAGE } from './find-test-engine.ts';

/** One for each worker, so that files that run beside each other leave each other's containers alone. */
const LABEL = `cloche.engine-test=${randomUUID()}`;

export function uniqueName(): string {
  return `cloche-engine-test-${randomUUID()}`;
}

/** A container whose standard input is open until its one writer ends it. */
export function containerDefinition(
  command: readonly string[],
  hostConfig: Readonly<Record<string, unknown>> = {},
): ContainerDefinition {
  const [name, value] = LABEL.split('=') as [string, string];
  return {
    Image: TEST_IMAGE,
    Cmd: command,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Labels: { [name]: value },
    HostConfig: {
      NetworkMode: 'none',
      // Podman asks for more by itself than an unprivileged machine may give.
      Ulimits: [
        { Name: 'nofile', Soft: 1024, Hard: 1024 },
        { Name: 'nproc', Soft: 1024, Hard: 1024 },
      ],
      ...hostConfig,
    },
  };
}

export function testContainers(engine: Engine): ReturnType<Engine['containers']['list']> {
  return engine.containers.list([LABEL]);
}

/** Whatever a test that failed has left. */
export async function removeTestContainers(engine: Engine): Promise<void> {
  const containers = await testContainers(engine);
  await Promise.all(containers.map(({ id }) => engine.containers.remove(id)));
}
