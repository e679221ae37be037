export { DEFAULT_API_URL, DEFAULT_DAYTONA_OPTIONS, daytonaOptionsSchema } from './options.ts';
export type { DaytonaOptions } from './options.ts';
export { daytonaExecutor, daytonaExecutor as default } from './plugin.ts';
export { daytonaSnapshots, DEFAULT_SNAPSHOT_NAME } from './snapshots/daytona-snapshots.ts';
export type {
  CreateSnapshotRequest,
  DaytonaSnapshot,
  DaytonaSnapshots,
} from './snapshots/daytona-snapshots.ts';
