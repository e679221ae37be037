import type { PlanFile } from '@cloche/core/executor';

/** A file for a sandbox, or from one: below `work`, where the program runs, or below `build`, where a compiler writes. */
export interface SandboxFile extends PlanFile {
  readonly directory: 'work' | 'build';
}
