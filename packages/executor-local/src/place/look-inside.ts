import { closeSync, constants, openSync, readFileSync, statfsSync } from 'node:fs';
import type { LimitEnforcement } from '@cloche/core/executor';
import type { SandboxLimits } from './place.ts';
import { readProcessLimit } from './process-limits.ts';
import { childrenOf } from './process-tree.ts';

/** What was found when the sandbox was ready. */
export interface Inside {
  readonly supervisorPid: number;
  /** The first process of the sandbox's namespace: when it is gone, the kernel has ended all others. */
  readonly firstPid: number;
  /** Open on that process's directory in /proc, so that another one with its number is not taken for it. */
  readonly firstDescriptor: number;
  /**
   * Open on /cloche/work itself, and so able to reach the files when the sandbox is gone. The name is no way to
   * them: a program can move the directory away and put a link to the host's files in its place.
   */
  readonly workDescriptor: number;
  readonly limits: SandboxLimits;
}

/** Of /proc/PID/stat, counted behind the name. */
const STATE_FIELD = 0;
const THREAD_COUNT_FIELD = 17;

const NOT_HELD: LimitEnforcement = { support: 'unsupported', value: null, mechanism: null };

export const NOTHING_HELD: SandboxLimits = { scratch: NOT_HELD, openFiles: NOT_HELD, processes: NOT_HELD };

/**
 * Looks at a sandbox while nothing but the supervisor is in it: what is seen now, no program has made up.
 * Null when it is gone already.
 *
 * @param isNobody whether the program runs as a user whose processes are counted for the whole machine
 */
export function lookInside(bubblewrapPid: number | undefined, isNobody: boolean): Inside | null {
  const [firstPid] = bubblewrapPid === undefined ? [] : childrenOf(bubblewrapPid);
  const [supervisorPid] = firstPid === undefined ? [] : childrenOf(firstPid);
  if (firstPid === undefined || supervisorPid === undefined) return null;
  const firstDescriptor = openDirectory(`/proc/${firstPid}`);
  const workDescriptor = openDirectory(`/proc/${supervisorPid}/root/cloche/work`);
  if (firstDescriptor === null || workDescriptor === null) {
    for (const descriptor of [firstDescriptor, workDescriptor])
      if (descriptor !== null) closeSync(descriptor);
    return null;
  }
  const { blocks, bsize } = statfsSync(descriptorPath(workDescriptor));
  return {
    supervisorPid,
    firstPid,
    firstDescriptor,
    workDescriptor,
    limits: {
      scratch: held(blocks * bsize, 'tmpfs size'),
      openFiles: held(readProcessLimit(supervisorPid, 'Max open files'), 'RLIMIT_NOFILE'),
      processes: held(isNobody ? null : readProcessLimit(supervisorPid, 'Max processes'), 'RLIMIT_NPROC'),
    },
  };
}

/** Whether nobody is left in the namespace: the kernel ends and collects everybody else before the first process. */
export function isEmptied({ firstDescriptor }: Inside): boolean {
  let status: string;
  try {
    status = readFileSync(`${descriptorPath(firstDescriptor)}/stat`, 'latin1');
  } catch (error) {
    if (isGone(error)) return true;
    throw error;
  }
  // The name in parentheses may itself hold spaces and parentheses; the fields after it do not.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  // Dead and not yet collected by its parent. A first thread alone can be that while others go on.
  return fields[STATE_FIELD] === 'Z' && Number(fields[THREAD_COUNT_FIELD]) <= 1;
}

/** A name for what a descriptor of this process is open on, whatever has become of its own name. */
export function descriptorPath(descriptor: number): string {
  return `/proc/self/fd/${descriptor}`;
}

/** Null when the process is gone whose it is. */
function openDirectory(directory: string): number | null {
  try {
    return openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ESRCH';
}

function held(value: number | null, mechanism: string): LimitEnforcement {
  return value === null ? NOT_HELD : { support: 'enforced', value, mechanism };
}
