import type { Machine } from '../machine/machine.ts';
import type { PipeSupply } from '../machine/pipe-supply.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';

/** A sandbox whose toolbox answers. */
export interface ToolboxSandbox {
  readonly sandbox: HostedSandbox;
  readonly machine: Machine;
  readonly isNetworkBlocked: boolean;
  /** The variables that every command finds. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pipes: PipeSupply;
}
