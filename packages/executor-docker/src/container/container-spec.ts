import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ExecutionLimits, NetworkPolicy } from '@cloche/core/executor';
import { ClocheError, formatOwner } from '@cloche/core/executor';
import type { OwnerIdentity } from '@cloche/core/executor';
import type { ContainerDefinition } from '../engine/engine.ts';
import { AGENT_COMMAND, SCRATCH_MOUNT } from './agent-script.ts';

/** What a container is made for. Two runs with the same can be served by the same waiting container. */
export interface ContainerSpec {
  /** `sha256:…` */
  readonly imageId: string;
  /** Paths as the image declares its volumes: each is covered, so that nothing is written to the engine's disk. */
  readonly coveredVolumes: readonly string[];
  readonly user: string;
  /** Null: the engine's default. */
  readonly runtime: string | null;
  readonly network: NetworkPolicy;
  /**
   * Without a network: whether the engine is to set up nothing at all, which halves the time that a container takes to
   * start. The program then has a network namespace with loopback alone, as otherwise too, and the image's own
   * `/etc/hosts`, so it is for images that name localhost there.
   */
  readonly isNetworkBare: boolean;
  readonly memoryBytes: number;
  readonly scratchBytes: number;
  readonly processCount: number;
  readonly openFileCount: number;
  /** Null: every processor, for compilers. */
  readonly cpuCount: number | null;
  /** Only to make an image with an image's own programs; never for a program of a user. Default false. */
  readonly isRootWritable?: boolean;
  /** The `SecurityOpt` entry of the system call profile; null where the engine takes none from here. */
  readonly seccomp: string | null;
}

export const LABELS = {
  /** Who made it, by `formatOwner`. */
  owner: 'dev.cloche.owner',
  /** When nobody can need it any more, seconds since the epoch. */
  deadline: 'dev.cloche.deadline',
  /** What an image is that was made here. */
  image: 'dev.cloche.image',
} as const;

/** The agent itself. Its helpers run when the program is gone, and the worker is one of the program's processes. */
export const AGENT_PROCESSES = 2;

/** Semaphores and the like of Python's multiprocessing; it counts as memory of the program. */
const SHARED_MEMORY_BYTES = 16 * 1024 * 1024;
/**
 * The kernel counts it by user over all containers, so it holds nothing here. It is given because Podman otherwise asks
 * for more than a root without CAP_SYS_RESOURCE may have.
 */
const USER_PROCESSES = 32_768;
/** Where the agent works, and the programs with it. */
const AGENT_DIRECTORY = `${SCRATCH_MOUNT}/cloche`;
/** The smallest file system there is. */
const COVER = 'ro,noexec,nosuid,nodev,size=4k';
/** The kernel's own unit of a quota: 0.01 processors is the least. */
const NANO = 1_000_000_000;

export function specOf(
  limits: ExecutionLimits,
  rest: Pick<
    ContainerSpec,
    'imageId' | 'coveredVolumes' | 'user' | 'runtime' | 'network' | 'isNetworkBare' | 'cpuCount' | 'seccomp'
  >,
): ContainerSpec {
  const { memoryBytes, scratchBytes, processCount, openFileCount } = limits;
  return { ...rest, memoryBytes, scratchBytes, processCount, openFileCount };
}

/** The same for two containers that can stand in for each other. */
export function specKey(spec: ContainerSpec): string {
  return createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 16);
}

/**
 * Where covers go, each once and as the engine itself reads the path. The scratch space is a cover by itself.
 *
 * @throws ClocheError `ERR_CAPABILITY_UNSUPPORTED` when one would cover the whole image or what the agent works in
 */
function coversOf({ coveredVolumes, imageId }: ContainerSpec): ReadonlySet<string> {
  const covers = new Set<string>();
  for (const volume of coveredVolumes) {
    const place = path.posix.resolve('/', volume);
    if (place === '/' || `${place}/`.startsWith(`${AGENT_DIRECTORY}/`)) throw cannotCover(volume, imageId);
    if (place !== SCRATCH_MOUNT) covers.add(place);
  }
  return covers;
}

function cannotCover(volume: string, imageId: string): ClocheError {
  return new ClocheError({
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    message: {
      en: `The image ${imageId} cannot be used: its VOLUME ${JSON.stringify(volume)} lies where programs are run, and it cannot be covered.`,
      zh: `无法使用镜像 ${imageId}：其 VOLUME ${JSON.stringify(volume)} 位于运行程序的位置，无法将其覆盖。`,
    },
    hint: {
      en: 'Use an image without that VOLUME in its Dockerfile (docker.image, CLOCHE_DOCKER_IMAGE), for example the one that `cloche images build` makes.',
      zh: '请使用 Dockerfile 中没有该 VOLUME 的镜像（docker.image、CLOCHE_DOCKER_IMAGE），例如 `cloche images build` 构建的镜像。',
    },
  });
}

/**
 * What the engine is asked for. Nothing of the host is mounted, and nothing is kept when it ends.
 *
 * @throws ClocheError `ERR_CAPABILITY_UNSUPPORTED` when a volume of the image cannot be covered
 */
export function containerDefinition(
  spec: ContainerSpec,
  owner: OwnerIdentity,
  deadlineMs: number,
): ContainerDefinition {
  const memoryBytes = spec.memoryBytes + spec.scratchBytes;
  const userProcesses = Math.max(spec.processCount, USER_PROCESSES);
  return {
    Image: spec.imageId,
    Entrypoint: AGENT_COMMAND.slice(0, 1),
    Cmd: AGENT_COMMAND.slice(1),
    WorkingDir: '/',
    User: spec.user,
    Hostname: 'cloche',
    Env: [],
    Tty: false,
    OpenStdin: true,
    // The engine closes stdin when its one client is gone, and the agent ends.
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    NetworkDisabled: spec.isNetworkBare,
    Healthcheck: { Test: ['NONE'] },
    StopSignal: 'SIGKILL',
    Labels: {
      [LABELS.owner]: formatOwner(owner),
      [LABELS.deadline]: String(Math.ceil(deadlineMs / 1000)),
    },
    HostConfig: {
      AutoRemove: true,
      NetworkMode: spec.network === 'none' ? 'none' : 'bridge',
      ReadonlyRootfs: spec.isRootWritable !== true,
      CapDrop: ['ALL'],
      Privileged: false,
      SecurityOpt: ['no-new-privileges', ...(spec.seccomp === null ? [] : [spec.seccomp])],
      IpcMode: 'private',
      ShmSize: SHARED_MEMORY_BYTES,
      Tmpfs: {
        ...Object.fromEntries([...coversOf(spec)].map((place) => [place, COVER])),
        [SCRATCH_MOUNT]: `rw,exec,nosuid,nodev,size=${spec.scratchBytes},mode=1777`,
      },
      PidsLimit: spec.processCount + AGENT_PROCESSES,
      Memory: memoryBytes,
      // The same value: no swap beside the memory.
      MemorySwap: memoryBytes,
      ...(spec.cpuCount === null ? {} : { NanoCpus: Math.round(spec.cpuCount * NANO) }),
      Ulimits: [
        { Name: 'nofile', Soft: spec.openFileCount, Hard: spec.openFileCount },
        { Name: 'fsize', Soft: spec.scratchBytes, Hard: spec.scratchBytes },
        { Name: 'core', Soft: 0, Hard: 0 },
        { Name: 'nproc', Soft: userProcesses, Hard: userProcesses },
      ],
      LogConfig: { Type: 'none' },
      ...(spec.runtime === null ? {} : { Runtime: spec.runtime }),
    },
  };
}
