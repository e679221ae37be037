import { readdirSync, readFileSync } from 'node:fs';

/** Whether a program runs anywhere on this computer, with just these arguments. */
export function isRunning(...programAndArguments: readonly string[]): boolean {
  const wanted = `${programAndArguments.join('\0')}\0`;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && argumentsOf(name) === wanted);
}

function argumentsOf(processId: string): string | null {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8');
  } catch {
    // It has ended since it was listed.
    return null;
  }
}
