import type { ReceivedFiles } from '@cloche/sandbox-agent';
import type { Ending } from '../../src/container/ending.ts';

/** Everything that comes out of one run, apart from the time that it took. */
export interface Observation {
  readonly ending: Ending;
  /** One character a byte. */
  readonly stdout: string;
  readonly stderr: string;
  readonly files: readonly { readonly path: string; readonly text: string; readonly executable: boolean }[];
  readonly omitted: ReceivedFiles['omitted'];
}

/** Names of what differs between two runs; empty where a program cannot tell one from the other. */
export function differences(one: Observation, other: Observation): readonly string[] {
  return (['ending', 'stdout', 'stderr', 'files', 'omitted'] as const).filter(
    (name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]),
  );
}
