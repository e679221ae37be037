import type { CreateSandbox, SandboxState } from '@daytona/api-client';
import type { Fault, InjectedFault } from './faults/fault.ts';
import type { RecordedRequest } from './http/request-log.ts';
import type { DeletionBehaviour, NextSandboxStart } from './sandboxes/sandbox-behaviour.ts';

export interface DaytonaServerOptions {
  /** The only key that it takes; default: a random one of 40 characters that begins with `dtn_`. */
  readonly apiKey?: string;
  /** What the key allows; default: writing and deleting of sandboxes and of snapshots. */
  readonly permissions?: readonly string[];
  /** How long a new sandbox is `creating`; default 0: the answer to its creation says that it is `started`. */
  readonly startDelayMs?: number;
  /** Programs that are not found in sandboxes of the default snapshot, such as `go`; default none. */
  readonly hiddenPrograms?: readonly string[];
  /** Default true. False: `networkBlockAll` is confirmed, and changes nothing, as on a server that was set up wrongly. */
  readonly holdsNetwork?: boolean;
  /** Default `container`. */
  readonly sandboxClass?: 'container' | 'linux-vm';
  /** How long a minute of the intervals of sandboxes takes; default 60,000. */
  readonly minuteMs?: number;
  /** How long a snapshot is built; default 1,500. */
  readonly buildDurationMs?: number;
}

/** A sandbox that is there: everything but `destroyed`. */
export interface ServedSandbox {
  readonly id: string;
  readonly name: string;
  readonly state: SandboxState;
  readonly labels: Readonly<Record<string, string>>;
  /** Null where it was built from an image of its own. */
  readonly snapshot: string | null;
  /** What it was asked for with. */
  readonly request: CreateSandbox;
}

/** A server with Daytona's interface; its sandboxes are directories, and end with it. */
export interface DaytonaServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/api` */
  readonly apiUrl: string;
  readonly apiKey: string;
  /** What has been asked since the start or since `forgetRequests`, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  forgetRequests(): void;
  sandboxes(): readonly ServedSandbox[];
  /** Creates a sandbox as if somebody else had asked for it; no request of it is recorded. */
  createSandbox(request: CreateSandbox): Promise<ServedSandbox>;
  /**
   * The computer of a sandbox dies: its processes are killed, its toolbox answers 502, and its state is `error`.
   *
   * @throws Error where there is no sandbox of this identifier
   */
  loseSandbox(id: string): Promise<void>;
  inject(fault: Fault): InjectedFault;
  setNextSandboxStart(start: NextSandboxStart): void;
  setDeletion(behaviour: DeletionBehaviour): void;
}
