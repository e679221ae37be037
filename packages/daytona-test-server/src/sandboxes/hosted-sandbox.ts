import type { CreateSandbox, SandboxDesiredState, SandboxState } from '@daytona/api-client';
import { randomUUID } from 'node:crypto';
import type { Machine } from '../machine/machine.ts';
import type { MachineFiles } from '../machine/machine-files.ts';

const DEFAULT_AUTO_STOP_MINUTES = 15;
const DEFAULT_AUTO_ARCHIVE_MINUTES: number = 7 * 24 * 60;
const NO_AUTO_DELETE = -1;

export interface SandboxResources {
  readonly cpu: number;
  readonly memoryGib: number;
  readonly diskGib: number;
}

/** Everything that the server knows of one sandbox. */
export class HostedSandbox {
  readonly id: string = randomUUID();
  /** Struck by its deletion, and by the end of the server. */
  readonly ending: AbortController = new AbortController();
  readonly createdAtMs: number = Date.now();
  readonly request: CreateSandbox;
  /** Null where it was built from an image of its own. */
  readonly snapshot: string | null;
  readonly resources: SandboxResources;
  /** Counts up from one sandbox to the next: the order of the list. */
  readonly sequence: number;
  name: string;
  state: SandboxState = 'creating';
  desiredState: SandboxDesiredState = 'started';
  errorReason: string | null = null;
  labels: Readonly<Record<string, string>>;
  networkBlockAll: boolean;
  networkAllowList: string | null;
  domainAllowList: string | null;
  autoStopMinutes: number;
  autoArchiveMinutes: number;
  autoDeleteMinutes: number;
  updatedAtMs: number = this.createdAtMs;
  lastActivityAtMs: number = this.createdAtMs;
  /** Requests that the sandbox is still answering: while there is one, nothing stops it. */
  openRequests = 0;
  files: MachineFiles | null = null;
  machine: Machine | null = null;
  isLost = false;

  constructor(
    request: CreateSandbox,
    snapshot: string | null,
    resources: SandboxResources,
    sequence: number,
  ) {
    this.request = request;
    this.snapshot = snapshot;
    this.resources = resources;
    this.sequence = sequence;
    this.name = request.name ?? this.id;
    this.labels = request.labels ?? {};
    this.networkBlockAll = request.networkBlockAll ?? false;
    this.networkAllowList = request.networkAllowList ?? null;
    this.domainAllowList = request.domainAllowList ?? null;
    this.autoStopMinutes = request.autoStopInterval ?? DEFAULT_AUTO_STOP_MINUTES;
    this.autoArchiveMinutes = request.autoArchiveInterval ?? DEFAULT_AUTO_ARCHIVE_MINUTES;
    this.autoDeleteMinutes = request.autoDeleteInterval ?? NO_AUTO_DELETE;
  }

  get isEphemeral(): boolean {
    return this.autoDeleteMinutes === 0;
  }
}
