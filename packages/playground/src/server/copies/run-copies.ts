import type { LoadedConfig } from '@cloche/core';
import type { RunCopies, RunRequest } from '../../api/runs.ts';

/** The same run as others would ask for it. */
export function runCopies(_request: RunRequest, _loaded: LoadedConfig): RunCopies {
  return { command: '', mcp: '', typescript: '' };
}
