import net from 'node:net';
import type { Duplex } from 'node:stream';
import type Dockerode from 'dockerode';
import { checkPodmanRuntime } from './check-runtime.ts';
import type { EngineConnection } from './engine-connection.ts';
import type {
  CommittedImage,
  ContainerDefinition,
  ContainerSummary,
  EngineCallOptions,
  EngineContainers,
} from './engine.ts';
import { removeContainer } from './remove-container.ts';
import { wasOutOfMemory } from './was-out-of-memory.ts';

export class DockerodeContainers implements EngineContainers {
  readonly #connection: EngineConnection;

  constructor(connection: EngineConnection) {
    this.#connection = connection;
  }

  create(name: string, definition: ContainerDefinition, options: EngineCallOptions = {}): Promise<string> {
    const call = {
      action: { en: 'create a container', zh: '创建容器' },
      defaultTimeoutMs: 60_000,
      kind: 'create',
      image: typeof definition['Image'] === 'string' ? definition['Image'] : '',
      runtime: requestedRuntime(definition),
    } as const;
    return this.#connection.call(
      call,
      options,
      // The engine goes on with a creation that was begun, so the request is left alone to learn what to remove.
      async (dockerode, { signal }) => {
        const request = {
          _query: { name },
          _body: definition,
        } as unknown as Dockerode.ContainerCreateOptions;
        const { id } = await dockerode.createContainer(request);
        if (call.runtime !== null && this.#connection.product === 'podman') {
          await checkPodmanRuntime(dockerode, id, call.runtime, signal).catch(async (error: unknown) => {
            await this.remove(id);
            throw error;
          });
        }
        return id;
      },
      (id) => {
        this.remove(id).catch(() => {});
      },
    );
  }

  attach(id: string, options: EngineCallOptions = {}): Promise<Duplex> {
    return this.#connection.call(
      { action: { en: 'attach to a container', zh: '连接到容器' }, defaultTimeoutMs: 15_000 },
      options,
      async (dockerode, { signal }) => {
        const request = {
          _query: { stream: 1, stdin: 1, stdout: 1, stderr: 1 },
          hijack: true,
          stdin: true,
          abortSignal: signal,
        };
        const stream = (await dockerode.getContainer(id).attach(request)) as Duplex;
        if (stream instanceof net.Socket) stream.setNoDelay(true);
        return stream;
      },
      (stream) => stream.destroy(),
    );
  }

  async start(id: string, options: EngineCallOptions = {}): Promise<void> {
    await this.#connection.call(
      { action: { en: 'start a container', zh: '启动容器' }, defaultTimeoutMs: 60_000 },
      options,
      (dockerode, { signal }) =>
        dockerode
          .getContainer(id)
          .start({ _query: {}, abortSignal: signal } as Dockerode.ContainerStartOptions),
    );
  }

  wait(id: string, options: EngineCallOptions = {}): Promise<number> {
    return this.#connection.call(
      { action: { en: 'wait for a container', zh: '等待容器结束' }, defaultTimeoutMs: 60_000 },
      options,
      async (dockerode, { signal }) => {
        const answer = (await dockerode.getContainer(id).wait({ abortSignal: signal })) as {
          readonly StatusCode: number;
        };
        return answer.StatusCode;
      },
    );
  }

  remove(id: string, options: EngineCallOptions = {}): Promise<void> {
    return removeContainer(this.#connection, id, options);
  }

  list(labels: readonly string[], options: EngineCallOptions = {}): Promise<readonly ContainerSummary[]> {
    return this.#connection.call(
      { action: { en: 'list containers', zh: '列出容器' }, defaultTimeoutMs: 15_000 },
      options,
      async (dockerode, { signal }) => {
        const filters = { label: [...labels] };
        const summaries = await dockerode.listContainers({ all: true, filters, abortSignal: signal });
        return summaries.map((summary) => ({
          id: summary.Id,
          name: (summary.Names[0] ?? '').replace(/^\//u, ''),
          labels: summary.Labels,
        }));
      },
    );
  }

  wasOutOfMemory(id: string, startedAtMs: number, options: EngineCallOptions = {}): Promise<boolean> {
    return wasOutOfMemory(this.#connection, id, startedAtMs, options);
  }

  commit(id: string, image: CommittedImage, options: EngineCallOptions = {}): Promise<string> {
    return this.#connection.call(
      { action: { en: 'make an image of a container', zh: '将容器保存为镜像' }, defaultTimeoutMs: 300_000 },
      options,
      async (dockerode, { signal }) => {
        const changes = commitInstructions(image, this.#connection.product === 'podman');
        const query = { container: id, repo: image.repository, tag: image.tag, changes };
        const answer = (await dockerode
          .getContainer(id)
          .commit({ _query: query, _body: {}, abortSignal: signal })) as { readonly Id: string };
        return answer.Id;
      },
    );
  }
}

function requestedRuntime(definition: ContainerDefinition): string | null {
  const host = definition['HostConfig'];
  const isGiven = typeof host === 'object' && host !== null && 'Runtime' in host;
  return isGiven && typeof host.Runtime === 'string' ? host.Runtime : null;
}

/** Lines of a Dockerfile. Podman takes off the quotes, and knows no escapes between them. */
function commitInstructions({ labels, environment }: CommittedImage, isPodman: boolean): string[] {
  const quote = (text: string) => (isPodman ? `"${text}"` : quoteForDockerfile(text));
  return [
    ...Object.entries(labels).map(([name, value]) => `LABEL ${quote(name)}=${quote(value)}`),
    ...environment.map((variable) => {
      const end = variable.indexOf('=');
      return `ENV ${variable.slice(0, end)}=${quote(variable.slice(end + 1))}`;
    }),
  ];
}

function quoteForDockerfile(text: string): string {
  return `"${text.replaceAll(/["$\\]/gu, String.raw`\$&`)}"`;
}
