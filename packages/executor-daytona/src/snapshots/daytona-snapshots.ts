import type { ExecutorHost, LocalizedText } from '@cloche/core/executor';
import { TOOLCHAINS_BASE } from '@cloche/sandbox-agent';
import type { DaytonaOptions } from '../options.ts';
import { DaytonaService } from '../service/daytona-service.ts';
import type { Snapshot } from '../service/sdk.ts';
import { loadSdk } from '../service/sdk.ts';
import { apiError } from '../service/service-error.ts';
import type { FailureKind } from '../service/service-failure.ts';
import { ServiceFailure } from '../service/service-failure.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { SNAPSHOT_COMMANDS } from './snapshot-commands.ts';

/** What {@link DaytonaSnapshots.create} makes unless it is given another name. */
export const DEFAULT_SNAPSHOT_NAME = 'cloche-toolchains';

/** Some gigabytes of packages are installed, and the service may have other builds before this one. */
const BUILD_MS = 60 * 60_000;
const REQUEST_MS = 30_000;

/** A snapshot of the service: what sandboxes are made from. */
export interface DaytonaSnapshot {
  readonly name: string;
  /** `active` when it can be used; `pending`, `building`, `error`, `build_failed` … */
  readonly state: string;
  /** Null unless something went wrong. */
  readonly errorReason: string | null;
  /** Null: not known yet. */
  readonly sizeGib: number | null;
  /** ISO 8601; null where the service does not say. */
  readonly createdAt: string | null;
}

export interface CreateSnapshotRequest {
  readonly name: string;
  /** What it is built on; null: {@link TOOLCHAINS_BASE}, a slim Debian. Needs apt-get where it lacks a toolchain. */
  readonly base: string | null;
  /** Resources of its sandboxes; null: the service's defaults. */
  readonly cpuCount: number | null;
  readonly memoryGib: number | null;
  readonly diskGib: number | null;
  /** A line of the build's progress. */
  readonly onLog: (line: string) => void;
  /** Aborting ends the waiting; the build goes on at the service. */
  readonly signal: AbortSignal;
}

/** Snapshots of one organization. Every method throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` where the service refuses. */
export interface DaytonaSnapshots extends AsyncDisposable {
  /** Builds a snapshot with all nine toolchains, and waits until it can be used. */
  create(request: CreateSnapshotRequest): Promise<DaytonaSnapshot>;
  list(options: { readonly signal: AbortSignal }): Promise<readonly DaytonaSnapshot[]>;
  delete(name: string, options: { readonly signal: AbortSignal }): Promise<void>;
}

/** @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` without a key, `ERR_CONFIG_INVALID` for an address of the former service */
export function daytonaSnapshots(options: DaytonaOptions, host: ExecutorHost): DaytonaSnapshots {
  const service = new DaytonaService(options, host.logger);
  return {
    async create({ name, base, cpuCount, memoryGib, diskGib, onLog, signal }) {
      const { sdk } = loadSdk();
      const image = sdk.Image.base(base ?? TOOLCHAINS_BASE).dockerfileCommands([...SNAPSHOT_COMMANDS]);
      const resources = {
        ...(cpuCount === null ? {} : { cpu: cpuCount }),
        ...(memoryGib === null ? {} : { memory: memoryGib }),
        ...(diskGib === null ? {} : { disk: diskGib }),
      };
      const building = service.use(BUILD_MS, (daytona) =>
        daytona.snapshot.create({ name, image, resources }, { onLogs: onLog, timeout: REQUEST_MS / 1000 }),
      );
      return describe(await told(building, signal, { conflict: taken(name) }));
    },
    async list({ signal }) {
      const listing = service.use(REQUEST_MS, (daytona) => daytona.snapshot.list());
      const { items } = await told(listing, signal);
      return items.map(describe);
    },
    async delete(name, { signal }) {
      const deletion = service.use(REQUEST_MS, async (daytona) =>
        daytona.snapshot.delete(await daytona.snapshot.get(name)),
      );
      await told(deletion, signal, { missing: NOT_THERE });
    },
    [Symbol.asyncDispose]: () => service.close(),
  };
}

function describe({ name, state, errorReason, size, createdAt }: Snapshot): DaytonaSnapshot {
  return {
    name,
    state,
    errorReason: errorReason ?? null,
    sizeGib: size ?? null,
    createdAt: createdAt === undefined ? null : new Date(createdAt).toISOString(),
  };
}

const NOT_THERE: LocalizedText = {
  en: 'See which snapshots there are: cloche daytona snapshot list',
  zh: '查看已有的快照：cloche daytona snapshot list',
};

function taken(name: string): LocalizedText {
  return {
    en: `Delete the snapshot of this name (cloche daytona snapshot delete ${name}), or give another with --name.`,
    zh: `请删除同名快照（cloche daytona snapshot delete ${name}），或用 --name 指定其他名称。`,
  };
}

/** @param hints for failures that mean something of their own here */
async function told<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
  hints: Readonly<Partial<Record<FailureKind, LocalizedText>>> = {},
): Promise<Value> {
  try {
    return await unlessAborted(work, signal);
  } catch (error) {
    if (error instanceof ServiceFailure) throw apiError(error, hints[error.kind]);
    throw error;
  }
}
