import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { containersOf, processesOfContainers } from './engine-objects.ts';

const PATIENCE_MS = 8000;

export interface ContainerWatch extends AsyncDisposable {
  /** Every container that the owner has had since the watch began. */
  readonly ids: readonly string[];
  /** Fails unless all of them are gone within seconds, with their shims and processes. */
  expectNothingLeft: () => Promise<void>;
}

/** Notes the containers of an owner as they are made, so that it can be asked what became of each. */
export function watchContainers(owner: string, address: string | null = null): ContainerWatch {
  const ids: string[] = [];
  const filters = ['--filter', `label=dev.cloche.owner=${owner}`, '--filter', 'event=create'];
  const words = ['events', ...filters, '--format', '{{.ID}}'];
  const child = spawn('docker', [...(address === null ? [] : ['--host', address]), ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (id) => ids.push(id));
  return {
    ids,
    expectNothingLeft: async () => {
      await expect.poll(() => containersOf(owner, address), { timeout: PATIENCE_MS }).toEqual([]);
      await expect.poll(() => processesOfContainers(ids), { timeout: PATIENCE_MS }).toEqual([]);
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}
