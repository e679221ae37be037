import { readdir, readFile } from 'node:fs/promises';
import { runCommand } from '../../support/run-command.ts';

/** @param address null: the engine that the tests share */
function docker(address: string | null, words: readonly string[]): Promise<string> {
  return runCommand('docker', [...(address === null ? [] : ['--host', address]), ...words]);
}

/** Ids of the containers that are labelled with this owner, running or not. */
export async function containersOf(owner: string, address: string | null = null): Promise<string[]> {
  const filter = `label=dev.cloche.owner=${owner}`;
  const words = ['ps', '--all', '--no-trunc', '--quiet', '--filter', filter];
  return (await docker(address, words)).split('\n').filter(Boolean);
}

export function removeFromOutside(id: string, address: string | null = null): Promise<string> {
  return docker(address, ['rm', '--force', id]);
}

export async function inspectContainer(id: string): Promise<Record<string, unknown>> {
  const [inspected] = JSON.parse(await docker(null, ['inspect', id])) as Record<string, unknown>[];
  if (inspected === undefined) throw new Error(`${id} is not there`);
  return inspected;
}

/** Processes of the host that belong to these containers: their shims and runtimes, and what ran in them. */
export async function processesOfContainers(ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/u.test(entry))) {
    const texts = await Promise.all(
      ['cmdline', 'cgroup'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')),
    );
    if (ids.some((id) => texts.some((text) => text.includes(id)))) found.push(`${name} ${texts[0] ?? ''}`);
  }
  return found;
}
