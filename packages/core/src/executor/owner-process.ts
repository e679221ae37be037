import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { OwnerIdentity } from './owner-identity.ts';

/** Lengths of the parts of a boot id: machine, boot, process namespace. Together 32 hexadecimal digits. */
const MACHINE_DIGITS = 12;
const BOOT_DIGITS = 12;
const NAMESPACE_DIGITS = 8;
const COMMAND_TIMEOUT_MS = 5000;

let current: OwnerIdentity | null = null;

/**
 * The identity of this process. Its boot id holds a part for the machine and one for the process
 * namespace too, so that a container that shares a home directory, or another machine that shares an
 * engine, is told apart.
 */
export function currentOwner(): OwnerIdentity {
  current ??= { bootId: bootId(), pid: process.pid, startTime: processStatus(process.pid)?.startTime ?? '0' };
  return current;
}

/**
 * Whether that process still runs. True as well where it cannot be told: what might be in use is left alone.
 * See {@link ownerState}.
 */
export function isOwnerAlive(owner: OwnerIdentity): boolean {
  return ownerState(owner) !== 'gone';
}

/**
 * What has become of a process; `unknown` for one of another machine or another container. Needs no process on
 * Linux; runs `ps` on macOS. On Windows a process id that is used again counts as its former owner.
 */
export function ownerState(owner: OwnerIdentity): OwnerState {
  const here = parts(currentOwner().bootId);
  const there = parts(owner.bootId);
  if (there === null || here === null || there.machine !== here.machine) return 'unknown';
  if (there.boot !== here.boot) return 'gone';
  if (there.namespace !== here.namespace) return 'unknown';
  if (!processExists(owner.pid)) return 'gone';

  const status = processStatus(owner.pid);
  if (status === null) return 'alive';
  if (status.isZombie) return 'gone';
  const isSame = owner.startTime === '0' || status.startTime === '0' || status.startTime === owner.startTime;
  return isSame ? 'alive' : 'gone';
}

export type OwnerState = 'alive' | 'gone' | 'unknown';

interface ProcessStatus {
  readonly startTime: string;
  readonly isZombie: boolean;
}

/** Null when it cannot be read. */
function processStatus(pid: number): ProcessStatus | null {
  if (process.platform === 'linux') return linuxStatus(pid);
  if (process.platform === 'win32') return null;
  const line = commandOutput('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  const match = line === null ? null : /^(?<state>\S+)\s+(?<started>.+)$/u.exec(line.trim());
  const seconds = Math.floor(Date.parse(match?.groups?.['started'] ?? '') / 1000);
  if (match === null) return null;
  return {
    startTime: Number.isFinite(seconds) ? String(seconds) : '0',
    isZombie: match.groups?.['state']?.startsWith('Z') === true,
  };
}

function linuxStatus(pid: number): ProcessStatus | null {
  const text = fileText(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The name in parentheses may itself hold spaces and parentheses; the fields after it do not.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = ''] = fields;
  return { startTime: fields[19] ?? '0', isZombie: state === 'Z' || state === 'X' };
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It belongs to somebody else, so it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function bootId(): string {
  return (
    digest(machineName(), MACHINE_DIGITS) +
    digest(bootName(), BOOT_DIGITS) +
    digest(namespaceName(), NAMESPACE_DIGITS)
  );
}

function parts(
  text: string,
): { readonly machine: string; readonly boot: string; readonly namespace: string } | null {
  if (text.length !== MACHINE_DIGITS + BOOT_DIGITS + NAMESPACE_DIGITS) return null;
  return {
    machine: text.slice(0, MACHINE_DIGITS),
    boot: text.slice(MACHINE_DIGITS, MACHINE_DIGITS + BOOT_DIGITS),
    namespace: text.slice(MACHINE_DIGITS + BOOT_DIGITS),
  };
}

function machineName(): string {
  const machineId = process.platform === 'linux' ? fileText('/etc/machine-id')?.trim() : '';
  return machineId === undefined || machineId === '' ? hostname() : machineId;
}

function bootName(): string {
  if (process.platform === 'linux') return fileText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  if (process.platform === 'darwin')
    return commandOutput('sysctl', ['-n', 'kern.bootsessionuuid'])?.trim() ?? '';
  return '';
}

function namespaceName(): string {
  if (process.platform !== 'linux') return '';
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function digest(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

function fileText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function commandOutput(program: string, programArguments: readonly string[]): string | null {
  try {
    // Loaded on use, which on Linux is never: it takes 2 ms of each start.
    const { execFileSync } = process.getBuiltinModule('node:child_process');
    return execFileSync(program, programArguments, {
      encoding: 'utf8',
      timeout: COMMAND_TIMEOUT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
      // The date that `ps` prints is read by `Date.parse`, which knows English names of months only.
      env: { PATH: '/bin:/usr/bin:/sbin:/usr/sbin', LC_ALL: 'C' },
    });
  } catch {
    return null;
  }
}
