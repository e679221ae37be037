import type { EnforcementReport, LimitEnforcement, LimitSupport } from '@cloche/core/executor';
import { SCRATCH_MOUNT } from './agent-script.ts';

const KIBIBYTE = 1024;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: KIBIBYTE, m: KIBIBYTE ** 2, g: KIBIBYTE ** 3 };
/** Version 1 writes "no limit" as the largest multiple of a page; nothing real comes near it. */
const UNLIMITED_BYTES = 2 ** 60;
const SECCOMP_FILTER = '2';
const NO_CAPABILITIES = /^0+$/u;

/** What a container found in force when it started, before any program ran in it. */
export interface Greeting {
  readonly limits: Pick<EnforcementReport, (typeof LIMITS)[number]>;
  readonly isRootReadOnly: boolean;
  readonly hasNoCapabilities: boolean;
  readonly hasNoNewPrivileges: boolean;
  readonly hasSeccompFilter: boolean;
  readonly userId: number | null;
  /** Whether the image's own `/etc/hosts` names it, where the engine has put none in its place. */
  readonly hasLocalhost: boolean;
}

const LIMITS = ['memory', 'processes', 'cpu', 'scratch', 'openFiles'] as const;
const SUPPORTS: readonly unknown[] = ['enforced', 'best-effort', 'unsupported'] satisfies LimitSupport[];
const FACTS = [
  'isRootReadOnly',
  'hasNoCapabilities',
  'hasNoNewPrivileges',
  'hasSeccompFilter',
  'hasLocalhost',
] as const;

const NOT_HELD: LimitEnforcement = { support: 'unsupported', value: null, mechanism: null };

/**
 * @param lines what the agent wrote until `ready`
 * @param own processes that are the agent's, and what the scratch space adds to the memory limit
 */
export function readGreeting(
  lines: readonly string[],
  own: { readonly processCount: number; readonly scratchBytes: number },
): Greeting {
  const value = (name: string): string =>
    lines
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1)
      .trim() ?? '';
  const memory = bytesOf(value('memory'));
  const swap = bytesOf(value('swap'));
  const isVersion1 = /^\d+$/u.test(value('period'));
  // Version 1 counts memory and swap together, version 2 swap alone; without a number there is no bound, and without
  // a file nobody knows.
  const hasSwap = value('swap') === '' ? null : swap === null || swap > (isVersion1 ? (memory ?? 0) : 0);
  const scratch = scratchBytes(value(`mount ${SCRATCH_MOUNT}`));
  const processes = countOf(value('processes'));
  return {
    limits: {
      memory: memoryLimit(memory, hasSwap, own.scratchBytes),
      processes: processes === null ? NOT_HELD : held(processes - own.processCount, 'cgroup pids'),
      cpu: heldOrNot(processorsOf(value('processors'), value('period')), 'cgroup cpu'),
      scratch: heldOrNot(scratch, 'tmpfs size'),
      openFiles: heldOrNot(countOf(value('files')), 'RLIMIT_NOFILE'),
    },
    isRootReadOnly: /^\S+ ro(?:,|$)/u.test(value('mount /')),
    hasNoCapabilities: NO_CAPABILITIES.test(value('CapEff:')) && NO_CAPABILITIES.test(value('CapBnd:')),
    hasNoNewPrivileges: value('NoNewPrivs:') === '1',
    hasSeccompFilter: value('Seccomp:') === SECCOMP_FILTER,
    userId: countOf(value('Uid:').split(/\s/u)[0] ?? ''),
    hasLocalhost: value('localhost') === '127.0.0.1',
  };
}

/** Whether a value has the shape of a greeting: one that was stored comes back as anything. */
export function isGreeting(value: unknown): value is Greeting {
  if (typeof value !== 'object' || value === null) return false;
  const { limits, userId, ...rest } = value as Partial<Record<keyof Greeting, unknown>>;
  if (typeof limits !== 'object' || limits === null || !isNullOr('number', userId)) return false;
  const found: Partial<Record<string, unknown>> = { ...limits };
  return (
    LIMITS.every((name) => isLimit(found[name])) && FACTS.every((name) => typeof rest[name] === 'boolean')
  );
}

function isLimit(value: unknown): value is LimitEnforcement {
  if (typeof value !== 'object' || value === null) return false;
  const limit = value as Partial<Record<keyof LimitEnforcement, unknown>>;
  return (
    SUPPORTS.includes(limit.support) && isNullOr('number', limit.value) && isNullOr('string', limit.mechanism)
  );
}

function isNullOr(type: 'number' | 'string', value: unknown): boolean {
  return value === null || typeof value === type;
}

/**
 * Where what does not fit may be swapped out, the limit bounds less than it says.
 *
 * @param hasSwap null: the kernel does not count it (`swapaccount=0`), or does not show it
 */
function memoryLimit(
  bytes: number | null,
  hasSwap: boolean | null,
  scratchInMemoryBytes: number,
): LimitEnforcement {
  if (bytes === null) return NOT_HELD;
  const mechanism = 'cgroup memory, counted together with the scratch space';
  const limit = held(bytes - scratchInMemoryBytes, mechanism);
  if (hasSwap === null) return { ...limit, mechanism: `${mechanism}, swap not counted by this kernel` };
  return hasSwap
    ? { ...limit, support: 'best-effort', mechanism: `${mechanism}, with swap beside it` }
    : limit;
}

function heldOrNot(value: number | null, mechanism: string): LimitEnforcement {
  return value === null ? NOT_HELD : held(value, mechanism);
}

function held(value: number, mechanism: string): LimitEnforcement {
  return { support: 'enforced', value, mechanism };
}

function countOf(text: string): number | null {
  return /^\d+$/u.test(text) ? Number(text) : null;
}

function bytesOf(text: string): number | null {
  const bytes = countOf(text);
  return bytes === null || bytes >= UNLIMITED_BYTES ? null : bytes;
}

/** Version 2: `QUOTA PERIOD` or `max PERIOD`; version 1: one file for each, and -1 for none. */
function processorsOf(quota: string, period: string): number | null {
  const [first = '', second = ''] = quota.split(' ');
  const [used, of] = [countOf(first), countOf(second === '' ? period : second)];
  return used === null || of === null || of === 0 ? null : used / of;
}

/** `tmpfs rw,nosuid,size=262144k`. */
function scratchBytes(mount: string): number | null {
  const match = /^tmpfs .*\bsize=(?<count>\d+)(?<unit>[kmg]?)/u.exec(mount);
  if (match?.groups === undefined) return null;
  return Number(match.groups['count']) * (UNITS[match.groups['unit'] ?? ''] ?? 1);
}
