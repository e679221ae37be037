import { readdirSync, readFileSync } from 'node:fs';

/** Direct children of a process, from the kernel's own list. Empty when it is gone, or on a system without that list. */
export function childrenOf(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

/** Every descendant of a process, nearest first. */
export function descendantsOf(pid: number): number[] {
  const found: number[] = [];
  const waiting = [pid];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const children = childrenOf(next);
    found.push(...children);
    waiting.push(...children);
  }
  return found;
}

/** SIGKILL; a process or group that is gone already is what was wanted. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Resident memory of a process, bytes; 0 when it is gone. */
export function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(?<kibibytes>\d+)/mu.exec(status)?.groups?.['kibibytes'] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
