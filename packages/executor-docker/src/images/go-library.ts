import type { ExecutorHost } from '@cloche/core/executor';
import { ClocheError, DEFAULT_LIMITS, LANGUAGES } from '@cloche/core/executor';
import { GO_CACHE_DIRECTORY } from '@cloche/sandbox-agent';
import type { ContainerSpec } from '../container/container-spec.ts';
import { LABELS } from '../container/container-spec.ts';
import { preparationMessage } from '../container/job-script.ts';
import { SandboxContainer } from '../container/sandbox-container.ts';
import type { Engine, EngineImage } from '../engine/engine.ts';
import { unlessAborted } from '../unless-aborted.ts';

const MEBIBYTE = 1024 * 1024;
const MEMORY_BYTES = 2048 * MEBIBYTE;
const SCRATCH_BYTES = 1024 * MEBIBYTE;
const TIMEOUT_MS = 600_000;
const REPOSITORY = 'cloche/go-library';
const TAG_LENGTH = 16;
const KEPT_OUTPUT_BYTES = 2000;

/**
 * Official Go images hold no compiled standard library, and a run's own cache is gone with it. So the library is
 * compiled once for each image, by that image's own toolchain and before any program runs, into a second image that
 * stands upon the first.
 */
export class GoLibrary {
  readonly #engine: Engine;
  readonly #host: ExecutorHost;
  readonly #underWay = new Map<string, Promise<EngineImage>>();
  readonly #ready = new Map<string, EngineImage>();
  readonly #closing = new AbortController();

  constructor(engine: Engine, host: ExecutorHost) {
    this.#engine = engine;
    this.#host = host;
  }

  /** The image with the library compiled; null where it is still to be made. */
  async find(image: EngineImage): Promise<EngineImage | null> {
    if (image.environment.some((variable) => variable.startsWith('GOCACHE='))) return image;
    const known = this.#ready.get(image.id);
    if (known !== undefined) return known;
    const made = await this.#engine.images.find(referenceFor(image));
    if (made !== null) this.#ready.set(image.id, made);
    return made;
  }

  /** Compiles it; those who want the same at one time wait for the same. */
  make(image: EngineImage, place: Pick<ContainerSpec, 'runtime' | 'seccomp'>): Promise<EngineImage> {
    let work = this.#underWay.get(image.id);
    if (work === undefined) {
      work = this.#make(image, place).finally(() => this.#underWay.delete(image.id));
      work.catch(() => undefined);
      this.#underWay.set(image.id, work);
    }
    return work;
  }

  /** What is being made is finished or given up, and nothing of it is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#underWay.values());
  }

  async #make(image: EngineImage, place: Pick<ContainerSpec, 'runtime' | 'seccomp'>): Promise<EngineImage> {
    const { processCount, openFileCount } = DEFAULT_LIMITS;
    const { signal } = this.#closing;
    const container = new SandboxContainer({
      engine: this.#engine,
      // Only the image's own toolchain runs in it: it may write where the result is to lie.
      spec: {
        ...place,
        imageId: image.id,
        coveredVolumes: image.volumes,
        user: '0:0',
        isRootWritable: true,
        network: 'none',
        isNetworkBare: true,
        memoryBytes: MEMORY_BYTES,
        scratchBytes: SCRATCH_BYTES,
        processCount,
        openFileCount,
        cpuCount: null,
      },
      owner: this.#host.owner,
      idleMs: TIMEOUT_MS,
      deadlineMs: Date.now() + 2 * TIMEOUT_MS,
      ahead: null,
    });
    try {
      await container.start(signal);
      await unlessAborted(container.greeting, signal);
      let output = '';
      const environment = { ...LANGUAGES.go.environment, GOCACHE: GO_CACHE_DIRECTORY };
      container.run(preparationMessage(['go', 'build', 'std'], environment, TIMEOUT_MS), {
        onOutput: (_, data) => {
          output = (output + data.toString('utf8')).slice(-KEPT_OUTPUT_BYTES);
        },
        onFiles: () => undefined,
      });
      const { exitCode } = await unlessAborted(container.ending, signal);
      if (exitCode !== 0) throw couldNotCompile(output);
      return await this.#commit(container, image);
    } finally {
      await container.remove();
    }
  }

  async #commit(container: SandboxContainer, image: EngineImage): Promise<EngineImage> {
    const [repository = '', tag = ''] = referenceFor(image).split(':');
    await this.#engine.containers.commit(container.name, {
      repository,
      tag,
      // The container's own labels would make it look like one that was left behind.
      labels: { [LABELS.image]: 'go-library', [LABELS.owner]: '', [LABELS.deadline]: '' },
      environment: [`GOCACHE=${GO_CACHE_DIRECTORY}`],
    });
    const made = await this.#engine.images.find(referenceFor(image));
    if (made === null) throw couldNotCompile('the engine does not have the image that it made');
    this.#ready.set(image.id, made);
    return made;
  }
}

function referenceFor({ id }: EngineImage): string {
  return `${REPOSITORY}:${id.replace('sha256:', '').slice(0, TAG_LENGTH)}`;
}

function couldNotCompile(output: string): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `Go's standard library could not be compiled in the image: ${output.slice(-500).trim()}`,
      zh: `无法在镜像中编译 Go 标准库：${output.slice(-500).trim()}`,
    },
    hint: {
      en: 'Use another image for Go ([docker.images] go = …), or one that `cloche images build` makes.',
      zh: '请为 Go 使用其他镜像（[docker.images] go = …），或使用 `cloche images build` 构建的镜像。',
    },
  });
}
