import { readFileSync } from 'node:fs';

/** A process's own soft limit as the kernel sees it; null when unlimited, or when the process is gone. */
export function readProcessLimit(pid: number, name: string): number | null {
  try {
    const line = readFileSync(`/proc/${pid}/limits`, 'utf8')
      .split('\n')
      .find((candidate) => candidate.startsWith(name));
    const value = line?.slice(name.length).trim().split(/\s+/u)[0];
    return value === undefined || value === 'unlimited' ? null : Number(value);
  } catch {
    return null;
  }
}
