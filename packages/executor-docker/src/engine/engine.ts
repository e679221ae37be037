import type { Duplex } from 'node:stream';

/** A container engine that was found, as the rest of this package uses it. Every call ends within a bounded time. */
export interface Engine {
  /** Where it was found: `unix:///var/run/docker.sock`, `ssh://me@build`. */
  readonly address: string;
  /** The engine answers; what it is. Asked each time. @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` */
  identify(options?: EngineCallOptions): Promise<EngineIdentity>;
  readonly containers: EngineContainers;
  readonly images: EngineImages;
  /** Gives back every connection. */
  close(): void;
}

export interface EngineCallOptions {
  readonly signal?: AbortSignal;
  /** Default: what fits the call. */
  readonly timeoutMs?: number;
}

export interface EngineIdentity {
  /** As the engine names itself; anything that is not Podman counts as Docker. */
  readonly product: 'docker' | 'podman';
  readonly version: string;
  /** Architecture of its images: `amd64`, `arm64`. */
  readonly architecture: string;
  readonly cgroupVersion: '1' | '2' | null;
  /** Names of the runtimes that may be chosen: `runc`, `runsc`. */
  readonly runtimes: readonly string[];
  readonly defaultRuntime: string;
  readonly isRootless: boolean;
  readonly processorCount: number;
  readonly memoryBytes: number;
}

/** The body of `POST /containers/create`, as far as it is used here. */
export type ContainerDefinition = Readonly<Record<string, unknown>>;

export interface ContainerSummary {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface EngineContainers {
  /** @returns the id. @throws MissingImageError where the image is not there. */
  create(name: string, definition: ContainerDefinition, options?: EngineCallOptions): Promise<string>;
  /** The raw stream: what is written is the container's stdin, what is read are frames of stdout and stderr. */
  attach(id: string, options?: EngineCallOptions): Promise<Duplex>;
  start(id: string, options?: EngineCallOptions): Promise<void>;
  /** Waits until it has ended. @returns its exit code */
  wait(id: string, options?: EngineCallOptions): Promise<number>;
  /** Ends and removes it with its anonymous volumes. Without effect where it is gone; waits for a removal under way. */
  remove(id: string, options?: EngineCallOptions): Promise<void>;
  /** With all of these labels (`name=value` or `name`), running or not. */
  list(labels: readonly string[], options?: EngineCallOptions): Promise<readonly ContainerSummary[]>;
  /** Whether the engine saw the kernel end a process of it for want of memory, asked after the fact. */
  wasOutOfMemory(id: string, startedAtMs: number, options?: EngineCallOptions): Promise<boolean>;
  /** Makes an image of a container's file system. @returns its id */
  commit(id: string, image: CommittedImage, options?: EngineCallOptions): Promise<string>;
}

export interface CommittedImage {
  readonly repository: string;
  readonly tag: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Added to the variables of the container's image, `NAME=value`. */
  readonly environment: readonly string[];
}

export interface EngineImage {
  /** `sha256:…`, of the configuration: names the content, whatever the tag. */
  readonly id: string;
  /** `name@sha256:…` as a registry names it; null for an image that was made here. */
  readonly digest: string | null;
  readonly sizeBytes: number;
  /** `NAME=value`. */
  readonly environment: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Paths for which an engine makes a volume on its disk unless something else is mounted there. */
  readonly volumes: readonly string[];
  readonly architecture: string;
}

export interface PullProgress {
  readonly layersDone: number;
  readonly layersTotal: number;
  readonly bytesDone: number;
  /** Null while the sizes of some layers are not known. */
  readonly bytesTotal: number | null;
}

export interface EngineImages {
  /** Null where it is not there. */
  find(reference: string, options?: EngineCallOptions): Promise<EngineImage | null>;
  /** `timeoutMs` bounds the silence between two signs of progress, not the whole. */
  pull(
    reference: string,
    onProgress: (progress: PullProgress) => void,
    options?: EngineCallOptions,
  ): Promise<void>;
  /** Builds from a context in tar form; `onLine` gets what the build prints. `timeoutMs` bounds silence. @returns the id */
  build(
    context: Uint8Array,
    build: {
      readonly tag: string;
      readonly arguments: Readonly<Record<string, string>>;
      readonly labels: Readonly<Record<string, string>>;
      readonly network: 'default' | 'host' | 'none';
    },
    onLine: (line: string) => void,
    options?: EngineCallOptions,
  ): Promise<string>;
}
