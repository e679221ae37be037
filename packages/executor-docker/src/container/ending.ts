const SIGNAL_OFFSET = 128;
/** Linux's names from 1 on, whatever system this runs on. */
const SIGNALS =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );
const EXITED = /\bDone\b|\bExit \d/u;

/** How a program ended, as its container tells it. Not trusted beyond this run: the program may have had a hand in it. */
export interface Ending {
  /** Both null: the end was not seen. */
  readonly exitCode: number | null;
  readonly signal: string | null;
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

/**
 * A shell's code does not tell a signal from a number above 128; what it calls the job's end does: `Killed` or
 * `Broken pipe` for a signal, `Exit 137` or `Done(137)` for a code.
 */
function exitOf(code: number | null, said: string): Pick<Ending, 'exitCode' | 'signal'> {
  if (code === null) return { exitCode: null, signal: null };
  const wasSignal = code > SIGNAL_OFFSET && said !== '' && !EXITED.test(said);
  return wasSignal
    ? { exitCode: null, signal: signalName(code - SIGNAL_OFFSET) }
    : { exitCode: code, signal: null };
}

/** `SIGKILL` for 9. A number without a name (a real-time signal) becomes `SIG34`. */
function signalName(number: number): string {
  return `SIG${SIGNALS[number - 1] ?? number}`;
}

function countOf(text: string): number | null {
  return /^\d+$/u.test(text) ? Number(text) : null;
}
