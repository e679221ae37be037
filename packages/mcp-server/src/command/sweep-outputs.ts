import { SpoolDirectory } from '@cloche/core';
import type { CommandSurroundings } from './command-surroundings.ts';
import { openHost } from './open-host.ts';

/** What keeps long outputs on the disk. */
const SERVERS = ['mcp-server', 'playground'] as const;

export interface SweptOutput {
  readonly server: (typeof SERVERS)[number];
  /** Of the directory. */
  readonly name: string;
}

/** Removes the outputs that servers which were killed have left on the disk. */
export async function sweepOutputs(surroundings: CommandSurroundings): Promise<readonly SweptOutput[]> {
  const host = openHost(surroundings);
  const swept = await Promise.all(
    SERVERS.map(async (server) => {
      const names = await new SpoolDirectory(host, server).sweep();
      return names.map((name) => ({ server, name }));
    }),
  );
  return swept.flat();
}
