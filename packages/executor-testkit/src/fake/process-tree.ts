import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const MARKER_VARIABLE = 'CLOCHE_EXECUTION';
const MAXIMUM_ROUNDS = 200;

/** A variable by which every descendant is found, whatever its group, session and parent are. */
export function markerOf(executionId: string): Readonly<Record<string, string>> {
  return { [MARKER_VARIABLE]: executionId };
}

/** Ends a process group and everything that carries the execution's marker (Linux; elsewhere the group alone). */
export async function endProcessTree(leader: number, executionId: string): Promise<void> {
  const marker = `${MARKER_VARIABLE}=${executionId}`;
  // A process that forks while it is being looked for is found in the next round.
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    kill(-leader);
    const found = process.platform === 'linux' ? await processesWith(marker) : [];
    if (found.length === 0) return;
    for (const pid of found) kill(pid);
    await delay(5);
  }
  throw new Error(`processes of execution ${executionId} do not end`);
}

async function processesWith(marker: string): Promise<number[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      // A process may be gone by now, or belong to somebody else.
      const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
      return environment.split('\0').includes(marker) ? Number(name) : null;
    }),
  );
  return found.filter((pid) => pid !== null);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
