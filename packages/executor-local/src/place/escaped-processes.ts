import { readdirSync, readFileSync } from 'node:fs';

/** The variable by which a process is known to belong to an execution, wherever it has moved. */
export const MARKER_VARIABLE = 'CLOCHE_EXECUTION_ID';

/**
 * Processes that carry an execution's marker in the environment they were started with: found even when they
 * left the process group and their parent. A program that empties the environment of its child escapes this.
 */
export function processesMarked(executionId: string): number[] {
  const marker = `${MARKER_VARIABLE}=${executionId}`;
  return readProcessIds().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(marker);
    } catch {
      // Gone already, or of another user: not one of ours.
      return false;
    }
  });
}

function readProcessIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
