import type { ProgramExit } from '@cloche/sandbox-agent';
import { exitOf } from '@cloche/sandbox-agent';

/** How a program ended, as its container tells it. Not trusted beyond this run: the program may have had a hand in it. */
export interface Ending extends ProgramExit {
  /** The agent ended it because its time was over. */
  readonly isLate: boolean;
  /** By the kernel's counters; null where there are none. */
  readonly outOfMemoryKills: number | null;
  readonly refusedProcesses: number | null;
  readonly isScratchFull: boolean;
}

/** @param lines what the agent wrote after the program's end */
export function readEnding(lines: readonly string[]): Ending {
  const value = (name: string): string =>
    lines
      .find((line) => line === name || line.startsWith(`${name} `))
      ?.slice(name.length + 1)
      .trim() ?? '';
  const code = countOf(value('ended'));
  const isLate = value('late') !== '';
  return {
    ...(isLate ? { exitCode: null, signal: null } : exitOf(code, value('said'))),
    isLate,
    outOfMemoryKills: countOf(value('killed')),
    refusedProcesses: countOf(value('refused')),
    isScratchFull: value('full') !== '',
  };
}

function countOf(text: string): number | null {
  return /^\d+$/u.test(text) ? Number(text) : null;
}
