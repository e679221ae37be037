import { constants, openSync, statfsSync } from 'node:fs';
import type { LimitEnforcement } from '@cloche/core/executor';
import type { SandboxLimits } from './place.ts';
import { readProcessLimit } from './process-limits.ts';
import { childrenOf } from './process-tree.ts';

/** What was found when the sandbox was ready. */
export interface Inside {
  readonly supervisorPid: number;
  /** Open on /cloche, and so able to reach the files when the sandbox is gone. */
  readonly scratchDescriptor: number;
  readonly limits: SandboxLimits;
}

const NOT_HELD: LimitEnforcement = { support: 'unsupported', value: null, mechanism: null };

export const NOTHING_HELD: SandboxLimits = { scratch: NOT_HELD, openFiles: NOT_HELD, processes: NOT_HELD };

/**
 * Looks at a sandbox while nothing but the supervisor is in it: what is seen now, no program has made up.
 * Null when it is gone already.
 *
 * @param isNobody whether the program runs as a user whose processes are counted for the whole machine
 */
export function lookInside(bubblewrapPid: number | undefined, isNobody: boolean): Inside | null {
  const [firstProcess] = bubblewrapPid === undefined ? [] : childrenOf(bubblewrapPid);
  const [supervisorPid] = firstProcess === undefined ? [] : childrenOf(firstProcess);
  if (supervisorPid === undefined) return null;
  const scratch = `/proc/${supervisorPid}/root/cloche`;
  const scratchDescriptor = openSync(scratch, constants.O_RDONLY | constants.O_DIRECTORY);
  const { blocks, bsize } = statfsSync(`/proc/self/fd/${scratchDescriptor}`);
  return {
    supervisorPid,
    scratchDescriptor,
    limits: {
      scratch: held(blocks * bsize, 'tmpfs size'),
      openFiles: held(readProcessLimit(supervisorPid, 'Max open files'), 'RLIMIT_NOFILE'),
      processes: held(isNobody ? null : readProcessLimit(supervisorPid, 'Max processes'), 'RLIMIT_NPROC'),
    },
  };
}

function held(value: number | null, mechanism: string): LimitEnforcement {
  return value === null ? NOT_HELD : { support: 'enforced', value, mechanism };
}
