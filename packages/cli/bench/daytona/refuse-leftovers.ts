import { setTimeout as pause } from 'node:timers/promises';
import type { DaytonaServer } from '@cloche/daytona-test-server';

const PATIENCE_MS = 10_000;
const POLL_MS = 20;

/**
 * A deletion that was accepted is still carried out for a moment.
 *
 * @throws Error where a sandbox is left
 */
export async function refuseLeftovers(server: DaytonaServer): Promise<void> {
  const givenUpAtMs = performance.now() + PATIENCE_MS;
  while (server.sandboxes().length > 0) {
    if (performance.now() > givenUpAtMs) {
      const left = server.sandboxes().map(({ name, state }) => `${name} (${state})`);
      throw new Error(`Sandboxes were left: ${left.join(', ')}.`);
    }
    await pause(POLL_MS);
  }
}
