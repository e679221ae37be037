import type Dockerode from 'dockerode';
import type { EngineCall, EngineConnection } from './engine-connection.ts';
import { EngineStreamError, readFailure } from './engine-failure.ts';
import type { EngineCallOptions, EngineImage, EngineImages, PullProgress } from './engine.ts';
import { checkImageReference } from './image-reference.ts';
import { readJsonLines } from './json-lines.ts';
import { PullProgressTracker } from './pull-progress.ts';
import { readImage } from './read-image.ts';

const SILENCE_MS = 120_000;

type ImageBuild = Parameters<EngineImages['build']>[1];

export class DockerodeImages implements EngineImages {
  readonly #connection: EngineConnection;

  constructor(connection: EngineConnection) {
    this.#connection = connection;
  }

  find(reference: string, options: EngineCallOptions = {}): Promise<EngineImage | null> {
    return this.#connection.call(
      { action: { en: 'look for an image', zh: '查找镜像' }, defaultTimeoutMs: 15_000, image: reference },
      options,
      async (dockerode, { signal }) => {
        try {
          const image = dockerode.getImage(checkImageReference(reference));
          return readImage(
            await image.inspect({ abortSignal: signal } as Dockerode.ImageInspectOptions),
            reference,
          );
        } catch (error) {
          if (readFailure(error).statusCode === 404) return null;
          throw error;
        }
      },
    );
  }

  async pull(
    reference: string,
    onProgress: (progress: PullProgress) => void,
    options: EngineCallOptions = {},
  ): Promise<void> {
    const call: EngineCall = {
      action: { en: `pull the image ${reference}`, zh: `拉取镜像 ${reference}` },
      defaultTimeoutMs: SILENCE_MS,
      kind: 'pull',
      image: reference,
    };
    await this.#connection.call(call, options, async (dockerode, bounded) => {
      const stream = (await dockerode.pull(checkImageReference(reference), {
        abortSignal: bounded.signal,
      })) as unknown as AsyncIterable<Buffer>;
      bounded.touch();
      const tracker = new PullProgressTracker();
      for await (const line of readJsonLines(stream, bounded)) {
        throwStreamError(line);
        if (tracker.read(line)) onProgress(tracker.progress());
      }
    });
  }

  build(
    context: Uint8Array,
    build: ImageBuild,
    onLine: (line: string) => void,
    options: EngineCallOptions = {},
  ): Promise<string> {
    const call: EngineCall = {
      action: { en: `build the image ${build.tag}`, zh: `构建镜像 ${build.tag}` },
      defaultTimeoutMs: SILENCE_MS,
    };
    return this.#connection.call(call, options, async (dockerode, bounded) => {
      const stream = (await dockerode.buildImage(
        context as unknown as string,
        {
          _query: {
            t: checkImageReference(build.tag),
            buildargs: build.arguments,
            labels: build.labels,
            networkmode: build.network,
            rm: true,
            forcerm: true,
          },
          abortSignal: bounded.signal,
        } as Dockerode.ImageBuildOptions,
      )) as unknown as AsyncIterable<Buffer>;
      bounded.touch();
      for await (const line of readJsonLines(stream, bounded)) {
        throwStreamError(line);
        printLines(line['stream'] ?? line['status'], onLine);
      }
      const image = await dockerode
        .getImage(build.tag)
        .inspect({ abortSignal: bounded.signal } as Dockerode.ImageInspectOptions);
      return image.Id;
    });
  }
}

/** An answer that began well can still fail in the middle, and says so in a line of its own. */
function throwStreamError(line: Readonly<Record<string, unknown>>): void {
  const detail = line['errorDetail'];
  const message =
    typeof detail === 'object' && detail !== null && 'message' in detail ? detail.message : null;
  const text = typeof message === 'string' && message !== '' ? message : line['error'];
  if (text === undefined) return;
  throw new EngineStreamError(typeof text === 'string' ? text : JSON.stringify(text));
}

function printLines(text: unknown, onLine: (line: string) => void): void {
  if (typeof text !== 'string') return;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') onLine(line.trimEnd());
  }
}
