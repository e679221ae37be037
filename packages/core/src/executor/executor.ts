import type { CapabilityQuery, ExecutorCapabilities } from './capabilities.ts';
import type { Execution } from './execution/execution.ts';
import type { ExecutionPlan } from './plan/execution-plan.ts';
import type { ProbeResult } from './probe.ts';

export interface ExecuteOptions {
  /** Aborting ends the whole process tree; the result says `cancelled` and keeps the partial output. */
  readonly signal: AbortSignal;
}

export interface ReapReport {
  /** What was removed: `{ kind: 'container', name: 'cloche-…' }`. */
  readonly removed: readonly ReapedItem[];
  /** What should have been removed and could not be, with the reason in English. */
  readonly failed: readonly (ReapedItem & { readonly reason: string })[];
}

export interface ReapedItem {
  readonly kind: 'process' | 'directory' | 'container' | 'sandbox' | 'control-group';
  readonly name: string;
}

/** Several executions in one place whose files stay from one to the next. */
export interface ExecutorSession extends AsyncDisposable {
  readonly id: string;
  execute(plan: ExecutionPlan, options: ExecuteOptions): Execution;
}

/** Runs plans in one way, on one kind of place. */
export interface Executor extends AsyncDisposable {
  readonly specificationVersion: 1;
  readonly name: string;
  /** Whether this executor can be used now. Never rejects. */
  probe(options?: { readonly signal?: AbortSignal }): Promise<ProbeResult>;
  /** @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` where the probe says unavailable. */
  capabilities(query?: CapabilityQuery): Promise<ExecutorCapabilities>;
  /** Starts at once and returns at once; everything that goes wrong afterwards comes through the execution. */
  execute(plan: ExecutionPlan, options: ExecuteOptions): Execution;
  /** Absent where `capabilities().sessions` is false. */
  openSession?(options: ExecuteOptions): Promise<ExecutorSession>;
  /** Removes what dead owners left behind, and nothing of a living one. Never rejects. */
  reap(): Promise<ReapReport>;
  /** Cancels what is under way, waits for it, and leaves nothing. Without effect the second time. */
  [Symbol.asyncDispose](): Promise<void>;
}
