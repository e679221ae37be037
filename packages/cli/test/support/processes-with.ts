import { readdirSync, readFileSync } from 'node:fs';
import type { TestContext } from 'vitest';

/** Skips a test that looks for processes, where {@link processesWith} cannot. */
export function skipWithoutProc(context: TestContext): void {
  context.skip(process.platform !== 'linux', '/proc is of Linux alone');
}

/** The processes of this machine whose command line holds `marker`. */
export function processesWith(marker: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(marker);
      } catch {
        return false;
      }
    });
}
