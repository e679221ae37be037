import type { ExecutorHost } from '@cloche/core/executor';

/** What `cloche daytona snapshot create` makes unless it is given another name. */
export const DEFAULT_SNAPSHOT_NAME = 'cloche-toolchains';

/** A snapshot of the service, as `@cloche/executor-daytona` describes it. */
export interface DaytonaSnapshot {
  readonly name: string;
  /** `active` when it can be used. */
  readonly state: string;
  /** Null unless something went wrong. */
  readonly errorReason: string | null;
  readonly sizeGib: number | null;
  /** ISO 8601. */
  readonly createdAt: string | null;
}

export interface CreateSnapshotRequest {
  readonly name: string;
  /** Null: the plugin's own. */
  readonly base: string | null;
  readonly cpuCount: number | null;
  readonly memoryGib: number | null;
  readonly diskGib: number | null;
  readonly onLog: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface DaytonaSnapshots extends AsyncDisposable {
  create(request: CreateSnapshotRequest): Promise<DaytonaSnapshot>;
  list(options: { readonly signal: AbortSignal }): Promise<readonly DaytonaSnapshot[]>;
  delete(name: string, options: { readonly signal: AbortSignal }): Promise<void>;
}

/**
 * What the added plugin exports beside the executor. Written down here and not imported: the command is built and
 * installed without that plugin, and gets whatever version a person has added.
 */
export type OpenDaytonaSnapshots = (options: unknown, host: ExecutorHost) => DaytonaSnapshots;
