import type { CreateSnapshot, SnapshotState } from '@daytona/api-client';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { SandboxResources } from '../sandboxes/hosted-sandbox.ts';

const DEFAULT_RESOURCES: SandboxResources = { cpu: 1, memoryGib: 1, diskGib: 3 };

/** Emits `change` with each line of its log and each new state. */
export class HostedSnapshot extends EventEmitter<{ change: [] }> {
  readonly id: string = randomUUID();
  readonly createdAtMs: number = Date.now();
  readonly request: CreateSnapshot;
  /** Of the provider, for everybody. */
  readonly isGeneral: boolean;
  readonly resources: SandboxResources;
  readonly logLines: string[] = [];
  state: SnapshotState;
  errorReason: string | null = null;
  updatedAtMs: number = this.createdAtMs;

  constructor(request: CreateSnapshot, isGeneral: boolean) {
    super();
    this.setMaxListeners(0);
    this.request = request;
    this.isGeneral = isGeneral;
    this.state = isGeneral ? 'active' : 'pending';
    this.resources = {
      cpu: request.cpu ?? DEFAULT_RESOURCES.cpu,
      memoryGib: request.memory ?? DEFAULT_RESOURCES.memoryGib,
      diskGib: request.disk ?? DEFAULT_RESOURCES.diskGib,
    };
  }

  get name(): string {
    return this.request.name;
  }

  /** True when nothing about it changes any more. */
  get isSettled(): boolean {
    return this.state === 'active' || this.state === 'build_failed' || this.state === 'error';
  }
}
