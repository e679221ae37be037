import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutorHost, OwnerIdentity, ReapedItem, ReapReport } from '@cloche/core/executor';
import { formatOwner, isOwnerAlive, parseOwner } from '@cloche/core/executor';
import type { ControlGroupParent } from './control-group/control-group.ts';
import { removeTree, runsDirectory } from './execution/run-directory.ts';
import { processesMarked } from './place/escaped-processes.ts';
import { killNow } from './place/process-tree.ts';

const GROUP_PREFIX = 'cloche-';
const REMOVAL_TRIES = 50;
const REMOVAL_PAUSE_MS = 20;

/** Removes processes, control groups and directories of owners that are no more. */
export async function reapLeftovers(
  host: ExecutorHost,
  controlGroups: ControlGroupParent | null,
): Promise<ReapReport> {
  const removed: ReapedItem[] = [];
  const failed: (ReapedItem & { readonly reason: string })[] = [];
  const attempt = async (item: ReapedItem, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      removed.push(item);
    } catch (error) {
      failed.push({ ...item, reason: error instanceof Error ? error.message : String(error) });
    }
  };

  const runs = await runsDirectory(host);
  for (const name of await readdir(runs)) {
    const owner = parseOwner(name);
    if (owner === null || isLive(owner, host)) continue;
    for (const executionId of await readdir(path.join(runs, name))) {
      for (const pid of processesMarked(executionId)) {
        await attempt({ kind: 'process', name: String(pid) }, () => Promise.resolve(killNow(pid)));
      }
    }
    await attempt({ kind: 'directory', name }, () => removeTree(path.join(runs, name)));
  }
  for (const name of controlGroups?.list(GROUP_PREFIX) ?? []) {
    const owner = ownerOfGroup(name);
    if (controlGroups === null || owner === null || isLive(owner, host)) continue;
    await attempt({ kind: 'control-group', name }, () => removeGroup(controlGroups, name));
  }
  return { removed, failed };
}

function isLive(owner: OwnerIdentity, host: ExecutorHost): boolean {
  return formatOwner(owner) === formatOwner(host.owner) || isOwnerAlive(owner);
}

function ownerOfGroup(name: string): OwnerIdentity | null {
  return parseOwner(name.slice(GROUP_PREFIX.length, name.lastIndexOf('-')));
}

async function removeGroup(controlGroups: ControlGroupParent, name: string): Promise<void> {
  const group = controlGroups.open(name);
  for (let tries = 0; tries < REMOVAL_TRIES; tries += 1) {
    for (const pid of group.processes()) killNow(pid);
    if (group.remove()) return;
    await new Promise((resolve) => setTimeout(resolve, REMOVAL_PAUSE_MS));
  }
  throw new Error('processes are still in it');
}
