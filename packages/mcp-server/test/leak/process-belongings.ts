import { readdir, readFile } from 'node:fs/promises';

/** What a process has, and would have more of after each call if something leaked. */
export interface ProcessBelongings {
  readonly handles: number;
  readonly listeners: number;
  readonly descriptors: number;
  readonly children: number;
  /** Paths below the directory of everything that Cloche keeps between calls and must not. */
  readonly files: readonly string[];
}

/** @param directory of the state: work directories of runs and stored outputs */
export async function processBelongings(directory: string): Promise<ProcessBelongings> {
  const passing = new Set(['Immediate', 'TickObject']);
  const kinds = process.getActiveResourcesInfo().filter((kind) => !passing.has(kind));
  return {
    handles: kinds.length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    descriptors: (await readdir('/proc/self/fd')).length,
    children: await childCount(),
    files: await filesBelow(directory),
  };
}

async function filesBelow(directory: string): Promise<readonly string[]> {
  return readdir(directory, { recursive: true }).catch(() => []);
}

async function childCount(): Promise<number> {
  let count = 0;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    if (new RegExp(`^PPid:\\s+${process.pid}$`, 'mu').test(status)) count += 1;
  }
  return count;
}
