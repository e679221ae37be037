import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { findControlGroups, processesOf, removeControlGroups } from './control-groups.ts';
import { tryCommand } from './run-command.ts';
import { waitUntil } from './wait-until.ts';

const END_TIMEOUT_MS = 10_000;

/** Kills every process that names the directory in its command line, and all in the control groups of the name. */
export async function endProcesses(directory: string, groupName: string): Promise<void> {
  await waitUntil(async () => {
    const groups = await findControlGroups(groupName);
    const processes = [...(await processesNaming(directory)), ...(await processesOf(groups))];
    for (const process of processes) kill(process);
    if (processes.length > 0) return false;
    await removeControlGroups(groups);
    return true;
  }, END_TIMEOUT_MS);
}

async function processesNaming(directory: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const id = Number(name);
    if (!Number.isInteger(id) || id === process.pid) continue;
    const words = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (words.includes(directory)) found.push(id);
  }
  return found;
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It has ended by itself in between.
  }
}

/** A shim that was killed leaves its socket where those of all engines lie. */
export async function removeShimSockets(stateDirectory: string): Promise<void> {
  for (const file of await readdir(stateDirectory, { recursive: true }).catch(() => [])) {
    if (path.basename(file) !== 'address') continue;
    const address = await readFile(path.join(stateDirectory, file), 'utf8').catch(() => '');
    if (address.startsWith('unix:///')) await rm(address.slice('unix://'.length), { force: true });
  }
}

/** Unmounts all that lies below the directory, the last mounted first, but for what is named to be kept. */
export async function unmountBelow(directory: string, kept: string | null): Promise<void> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n');
  const places = mounts.map((line) => line.split(' ')[1] ?? '');
  for (const place of places.toReversed()) {
    if (place.startsWith(`${directory}/`) && place !== kept) await tryCommand('umount', ['--lazy', place]);
  }
}
