import type { Isolation, LocalizedText, Unavailability } from '@cloche/core/executor';
import type { PipeMaker } from '../place/pipe-maker.ts';
import type { Place, PlaceSetup } from '../place/place.ts';

/** What this machine puts around a program. */
export interface Sandbox {
  readonly isolation: Isolation;
  /** `bubblewrap 0.8.0`, `Seatbelt`, `no sandbox`. */
  readonly detail: string;
  /** Whether the sandbox itself bounds the scratch space, and the number of processes. */
  readonly holdsScratch: boolean;
  readonly holdsProcesses: boolean;
  /** Whether a program can be kept from the network. */
  readonly canDenyNetwork: boolean;
  /** Whether its own process namespace makes it certain that nothing outlives a run. */
  readonly holdsProcessTree: boolean;
  readonly warnings: readonly LocalizedText[];
  startPlace(pipes: PipeMaker, setup: PlaceSetup): Promise<Place>;
}

export type SandboxProbe =
  | { readonly works: true; readonly sandbox: Sandbox }
  | { readonly works: false; readonly why: Unavailability };
