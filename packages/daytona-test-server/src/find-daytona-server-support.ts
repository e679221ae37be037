import { spawnSync } from 'node:child_process';

export type DaytonaServerSupport =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string };

/** Programs that sandboxes are built and entered with; all but the first are part of util-linux. */
const PROGRAMS = ['bwrap', 'nsenter', 'setsid', 'mount'] as const;

const ATTEMPT =
  '--unshare-pid --unshare-ipc --unshare-uts --unshare-net --ro-bind / / --proc /proc --dev /dev true'.split(
    ' ',
  );

let found: DaytonaServerSupport | undefined;

/** Whether the server runs on this computer; the reason is for whoever skips a test. Looks once a process. */
export function findDaytonaServerSupport(): DaytonaServerSupport {
  found ??= look();
  return found;
}

function look(): DaytonaServerSupport {
  if (process.platform !== 'linux') return unavailable('it needs Linux');
  if (process.getuid?.() !== 0) return unavailable('it needs root, to enter the namespaces of its sandboxes');
  for (const program of PROGRAMS) {
    if (spawnSync(program, ['--version']).error) return unavailable(`it needs the program ${program}`);
  }
  const attempt = spawnSync('bwrap', ATTEMPT);
  if (attempt.status === 0) return { available: true };
  return unavailable(`Bubblewrap builds no sandbox here: ${attempt.stderr.toString().trim()}`);
}

function unavailable(reason: string): DaytonaServerSupport {
  return { available: false, reason: `the Daytona test server does not run here: ${reason}` };
}
