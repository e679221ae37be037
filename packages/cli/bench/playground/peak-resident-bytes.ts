import { readFileSync } from 'node:fs';

/** What a process has had of memory at most so far. Null where the system does not tell. */
export function peakResidentBytes(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kibibytes = /^VmHWM:\s*(?<count>\d+) kB$/mu.exec(status)?.groups?.['count'];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}
