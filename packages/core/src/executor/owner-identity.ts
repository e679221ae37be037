/**
 * Names one process on one boot of one machine, so that what it leaves behind can be told from what a
 * living process uses. A process id alone is used again; with its start time and the boot it is not.
 */
export interface OwnerIdentity {
  /** Hexadecimal digits; changes with every boot. */
  readonly bootId: string;
  readonly pid: number;
  /** Clock ticks since boot on Linux, seconds since the epoch elsewhere; `0` when not known. */
  readonly startTime: string;
}

/** Letters, digits and dashes: fit for a label, a directory or a control group. */
export function formatOwner(owner: OwnerIdentity): string {
  return `${owner.bootId}-${owner.pid}-${owner.startTime}`;
}

/** Null where `text` is not what {@link formatOwner} writes. */
export function parseOwner(text: string): OwnerIdentity | null {
  const match = /^(?<bootId>[\da-f]{1,32})-(?<pid>\d{1,10})-(?<startTime>\d{1,20})$/u.exec(text);
  if (match?.groups === undefined) return null;
  const { bootId = '', pid = '', startTime = '' } = match.groups;
  return { bootId, pid: Number(pid), startTime };
}
