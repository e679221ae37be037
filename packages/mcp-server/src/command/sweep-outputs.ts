import { SpoolDirectory } from '../runs/spool-directory.ts';
import type { CommandSurroundings } from './command-surroundings.ts';
import { openHost } from './open-host.ts';

/** Removes the outputs that servers which were killed have left on the disk. @returns the names of the directories */
export function sweepOutputs(surroundings: CommandSurroundings): Promise<readonly string[]> {
  return new SpoolDirectory(openHost(surroundings)).sweep();
}
