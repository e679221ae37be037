const SIGNAL_OFFSET = 128;
/** Linux's names from 1 on, whatever system this runs on. */
const SIGNALS =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );
const EXITED = /\bDone\b|\bExit \d/u;

export interface ProgramExit {
  /** Both null: the end was not seen. */
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/**
 * How a program ended that a shell had as a job. A shell's code does not tell a signal from a number above 128; what
 * it calls the job's end does: `Killed` or `Broken pipe` for a signal, `Exit 137` or `Done(137)` for a code.
 *
 * @param code what `wait` returned, or null where nobody saw it
 * @param said what the shell wrote of it under the locale C: on stderr, where bash does, and when asked for its `jobs`,
 * where busybox does. Of nothing, the code is taken as it is.
 */
export function exitOf(code: number | null, said: string): ProgramExit {
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
