import { ALLOWED_SYSTEM_CALLS } from './allowed-system-calls.ts';

/** `CLONE_NEW*` of linux/sched.h: mount, cgroup, uts, ipc, user, pid and network namespaces. */
const NEW_NAMESPACES = 0x7e02_0000;
const ENOSYS = 38;
const EPERM = 1;
/** The low half of an argument: the kernel reads no more of an `int`, so what stands above it must not matter. */
const LOW_HALF = 0xffff_ffff;
/** `AF_UNIX`, `AF_INET`, `AF_INET6`, `AF_NETLINK`: the C library lists interfaces through the last one. */
const SOCKET_FAMILIES = [1, 2, 10, 16];
/** Calls that change a process by its number: its limits, its place among others. The agent's must not be. */
const OF_OTHER_PROCESSES = [
  'prlimit64',
  'sched_setaffinity',
  'sched_setattr',
  'sched_setparam',
  'sched_setscheduler',
];
const PRIO_PROCESS = 0;
const AGENT = 1;
/** The kernel numbers processes below 2^22 (`PID_MAX_LIMIT`); what has a higher bit is none. Each rule costs a start some microseconds. */
const NUMBER_BITS = 22;
/** `PER_LINUX`, `UNAME26`, `PER_LINUX32`, the two together, and the question which one it is. */
const PERSONALITIES = [0x0, 0x2_0000, 0x8, 0x2_0008, 0xffff_ffff];

interface Comparison {
  readonly index: number;
  /** What the argument must be; for a masked comparison the mask, and `valueTwo` what must be below it. */
  readonly value: number;
  readonly valueTwo?: number;
  readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ';
}

/**
 * The profile in the form that Docker and Podman read: an allow list, so that a system call that a later kernel
 * brings is refused until somebody has thought about it. A rule's comparisons must all hold; of several rules for
 * one call one is enough.
 */
export function seccompProfile(): string {
  const allow = (names: readonly string[], comparison: Comparison | null = null): object => ({
    names,
    action: 'SCMP_ACT_ALLOW',
    args: comparison === null ? [] : [comparison],
  });
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: EPERM,
    syscalls: [
      allow(ALLOWED_SYSTEM_CALLS),
      allow(['clone'], { index: 0, value: NEW_NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }),
      // Its flags stand in memory, where a filter cannot look; C libraries then use clone, where it can.
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS, args: [] },
      ...SOCKET_FAMILIES.map((family) =>
        allow(['socket'], { index: 0, value: LOW_HALF, valueTwo: family, op: 'SCMP_CMP_MASKED_EQ' }),
      ),
      ...OF_OTHER_PROCESSES.flatMap((name) => isNotAgent(0).map((comparison) => allow([name], comparison))),
      // Of a single process alone: a whole user's would be the agent's as well.
      ...isNotAgent(1).map((comparison) => ({
        names: ['setpriority'],
        action: 'SCMP_ACT_ALLOW',
        args: [{ index: 0, value: LOW_HALF, valueTwo: PRIO_PROCESS, op: 'SCMP_CMP_MASKED_EQ' }, comparison],
      })),
      ...PERSONALITIES.map((value) => allow(['personality'], { index: 0, value, op: 'SCMP_CMP_EQ' })),
    ],
  });
}

/** Every number but the agent's, as comparisons of which one must hold: a filter knows no "other than" of a low half. */
function isNotAgent(index: number): Comparison[] {
  return Array.from({ length: NUMBER_BITS }, (_, bit): Comparison => {
    const mask = 2 ** bit;
    return { index, value: mask, valueTwo: (AGENT & mask) === 0 ? mask : 0, op: 'SCMP_CMP_MASKED_EQ' };
  });
}
