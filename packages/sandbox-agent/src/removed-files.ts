import type { ExecutionPlan } from '@cloche/core/executor';
import type { SandboxFile } from './sandbox-file.ts';

/** Those of the plan's own files that are among what is no longer there, for its result. */
export function removedFiles({ files }: ExecutionPlan, removed: readonly SandboxFile[]): readonly string[] {
  const paths = new Set(removed.filter(({ directory }) => directory === 'work').map(({ path }) => path));
  return files.map(({ path }) => path).filter((path) => paths.has(path));
}
