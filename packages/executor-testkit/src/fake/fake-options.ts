import type { ExecutorHost, Isolation } from '@cloche/core/executor';

/** How a fake executor behaves, for tests of what stands above executors. */
export interface FakeExecutorOptions {
  /** Transforms TypeScript, and says where programs are looked up. */
  readonly host: ExecutorHost;
  /** Default `fake`. */
  readonly name?: string;
  /** False: the probe says unavailable, and everything else fails with `ERR_EXECUTOR_UNAVAILABLE`. Default true. */
  readonly available?: boolean;
  /** How long a probe takes, milliseconds. Default 0. */
  readonly probeDelayMs?: number;
  /** How long an execution waits before its program starts, milliseconds; cancelling ends the wait. Default 0. */
  readonly startDelayMs?: number;
  /** Every execution fails with `ERR_EXECUTOR_FAILED` and this message. Default null: none does. */
  readonly failure?: string | null;
  /** What it claims to be. A claim alone: it holds programs as loosely under every word. Default `none`. */
  readonly claimedIsolation?: Isolation;
}
