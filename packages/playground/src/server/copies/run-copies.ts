import type { LoadedConfig } from '@cloche/core';
import type { RunCopies, RunRequest } from '../../api/runs.ts';
import { chosenValues } from './chosen-values.ts';
import { commandCopy } from './command-copy.ts';
import { mcpCopy } from './mcp-copy.ts';
import { typescriptCopy } from './typescript-copy.ts';

/** The same run as others would ask for it. No key is in any of them. */
export function runCopies(request: RunRequest, loaded: LoadedConfig): RunCopies {
  const chosen = chosenValues(loaded);
  return {
    command: commandCopy(request, chosen),
    mcp: mcpCopy(request, chosen),
    typescript: typescriptCopy(request, chosen),
  };
}
