import { readdir, readFile, rmdir } from 'node:fs/promises';
import path from 'node:path';

const ROOT = '/sys/fs/cgroup';

/** The groups of this name and all below them, the deepest first: one tree in version 2, one in each controller's in 1. */
export async function findControlGroups(name: string): Promise<string[]> {
  const controllers = (await readdir(ROOT).catch(() => [])).map((controller) => path.join(ROOT, controller));
  const trees = [ROOT, ...controllers].map((directory) => path.join(directory, name));
  return (await Promise.all(trees.map(listGroups))).flat();
}

async function listGroups(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => null);
  if (entries === null) return [];
  const below = entries.filter((entry) => entry.isDirectory());
  const groups = await Promise.all(below.map((entry) => listGroups(path.join(directory, entry.name))));
  return [...groups.flat(), directory];
}

export async function processesOf(groups: readonly string[]): Promise<number[]> {
  const texts = await Promise.all(
    groups.map((group) => readFile(path.join(group, 'cgroup.procs'), 'utf8').catch(() => '')),
  );
  return texts.flatMap((text) => text.split('\n').filter(Boolean).map(Number));
}

/** Removes them one after another: a group goes only when those below it have gone. */
export async function removeControlGroups(groups: readonly string[]): Promise<void> {
  for (const group of groups) await rmdir(group).catch(() => undefined);
}
