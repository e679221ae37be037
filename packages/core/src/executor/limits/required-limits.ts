import type { LimitName } from './execution-limits.ts';
import type { EnforcedLimit } from './limit-support.ts';

/** Which enforced limit stands behind each value. Null: held by core or shared code, on every executor. */
export const LIMIT_ENFORCED_BY: Readonly<Record<LimitName, EnforcedLimit | null>> = {
  runTimeoutMs: 'wall',
  compileTimeoutMs: 'wall',
  installTimeoutMs: 'wall',
  outputBytes: 'output',
  memoryBytes: 'memory',
  scratchBytes: 'scratch',
  processCount: 'processes',
  openFileCount: 'openFiles',
  cpuCount: 'cpu',
  artifactBytes: null,
  artifactCount: null,
  inputBytes: null,
  inputCount: null,
};
