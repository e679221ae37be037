import type { CreateSandbox } from '@daytona/api-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../http/service-error.ts';
import type { MachineHost } from '../machine/machine-host.ts';
import type { SnapshotRegistry } from '../snapshots/snapshot-registry.ts';
import { checkCreateSandbox } from './check-create-sandbox.ts';
import { HostedSandbox } from './hosted-sandbox.ts';
import type { DeletionBehaviour, NextSandboxStart } from './sandbox-behaviour.ts';
import { SandboxClock } from './sandbox-clock.ts';

/** How long a sandbox that fails looks as if it started. */
const FAILURE_DELAY_MS = 50;

export interface SandboxRegistryOptions {
  readonly startDelayMs: number;
  readonly minuteMs: number;
}

/** The sandboxes, and the changes of their state. */
export class SandboxRegistry implements AsyncDisposable {
  readonly #machines: MachineHost;
  readonly #snapshots: SnapshotRegistry;
  readonly #options: SandboxRegistryOptions;
  readonly #clock: SandboxClock;
  readonly #sandboxes = new Map<string, HostedSandbox>();
  /** The starts that are under way, by the sandbox's identifier. */
  readonly #starts = new Map<string, Promise<void>>();
  readonly #work = new Set<Promise<void>>();
  #nextSequence = 1;
  #nextStart: NextSandboxStart | null = null;
  #deletion: DeletionBehaviour = 'normal';

  constructor(machines: MachineHost, snapshots: SnapshotRegistry, options: SandboxRegistryOptions) {
    this.#machines = machines;
    this.#snapshots = snapshots;
    this.#options = options;
    this.#clock = new SandboxClock(options.minuteMs, {
      stop: (sandbox) => this.stop(sandbox),
      destroy: (sandbox) => this.#destroy(sandbox),
    });
  }

  get all(): readonly HostedSandbox[] {
    return [...this.#sandboxes.values()];
  }

  setNextSandboxStart(start: NextSandboxStart): void {
    this.#nextStart = start;
  }

  setDeletion(behaviour: DeletionBehaviour): void {
    this.#deletion = typeof behaviour === 'object' && behaviour.conflicts < 1 ? 'normal' : behaviour;
  }

  /** @throws ServiceError 404 */
  find(idOrName: string): HostedSandbox {
    const sandbox =
      this.#sandboxes.get(idOrName) ?? this.all.find((candidate) => candidate.name === idOrName);
    if (!sandbox) throw new ServiceError(404, `Sandbox with ID or name ${idOrName} not found`);
    return sandbox;
  }

  /** Starts a sandbox; one that starts without a delay is `started` when this returns. */
  async create(request: CreateSandbox): Promise<HostedSandbox> {
    checkCreateSandbox(request);
    const snapshot = request.buildInfo ? null : this.#snapshots.findUsable(request.snapshot);
    if (request.name !== undefined && this.all.some(({ name }) => name === request.name)) {
      throw new ServiceError(409, `Sandbox with name ${request.name} already exists`);
    }
    const resources = snapshot?.resources ?? {
      cpu: request.cpu ?? 1,
      memoryGib: request.memory ?? 1,
      diskGib: request.disk ?? 3,
    };
    const sandbox = new HostedSandbox(request, snapshot?.name ?? null, resources, this.#nextSequence++);
    this.#sandboxes.set(sandbox.id, sandbox);
    const start = this.#nextStart ?? { startsAfterMs: this.#options.startDelayMs };
    this.#nextStart = null;
    const started = this.#startAs(sandbox, start).finally(() => this.#starts.delete(sandbox.id));
    this.#starts.set(sandbox.id, started);
    if (typeof start !== 'object' || start.startsAfterMs > 0) {
      this.#continue(started);
      return sandbox;
    }
    try {
      await started;
    } catch (error) {
      this.#sandboxes.delete(sandbox.id);
      throw error;
    }
    return sandbox;
  }

  /** What every request to a sandbox does: it puts off the automatic stop. */
  noteActivity(sandbox: HostedSandbox): void {
    this.#clock.noteActivity(sandbox);
  }

  /** Changes fields of a sandbox, among them those that the clock goes by. */
  update(sandbox: HostedSandbox, changes: Partial<HostedSandbox>): void {
    Object.assign(sandbox, changes);
    this.#touch(sandbox);
    this.#clock.schedule(sandbox);
  }

  async start(sandbox: HostedSandbox): Promise<void> {
    if (sandbox.state === 'started') return;
    if (sandbox.state === 'error') throw new ServiceError(400, 'Sandbox is in an errored state');
    if (sandbox.state !== 'stopped') throw new ServiceError(409, 'Sandbox state change in progress');
    sandbox.state = 'starting';
    sandbox.desiredState = 'started';
    await this.#startMachine(sandbox, 0);
  }

  async stop(sandbox: HostedSandbox): Promise<void> {
    if (sandbox.state === 'error') throw new ServiceError(400, 'Sandbox is in an errored state');
    if (sandbox.state !== 'started') throw new ServiceError(409, 'Sandbox state change in progress');
    if (sandbox.isEphemeral) return this.#destroy(sandbox);
    sandbox.state = 'stopping';
    sandbox.desiredState = 'stopped';
    this.#continue(this.#endMachine(sandbox).then(() => this.#settle(sandbox, 'stopped')));
  }

  /** Accepts a deletion: when this returns, the sandbox is `destroying`. */
  delete(sandbox: HostedSandbox): void {
    if (typeof this.#deletion === 'object') {
      const conflicts = this.#deletion.conflicts - 1;
      this.#deletion = conflicts > 0 ? { conflicts } : 'normal';
      throw new ServiceError(409, 'Sandbox state change in progress');
    }
    if (sandbox.state === 'destroying') throw new ServiceError(409, 'Sandbox state change in progress');
    this.#destroy(sandbox);
  }

  /** Its computer dies: the processes are gone, and nobody has been told why. */
  async lose(sandbox: HostedSandbox): Promise<void> {
    sandbox.isLost = true;
    await this.#endMachine(sandbox);
    sandbox.errorReason = 'Sandbox container exited unexpectedly';
    this.#settle(sandbox, 'error');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const sandbox of this.all) {
      this.#clock.forget(sandbox);
      sandbox.ending.abort();
    }
    await Promise.allSettled([...this.#work, ...this.#starts.values()]);
    await Promise.all(this.all.map((sandbox) => this.#endMachine(sandbox)));
    this.#sandboxes.clear();
  }

  async #startAs(sandbox: HostedSandbox, start: NextSandboxStart): Promise<void> {
    if (start === 'never started') return;
    if (typeof start === 'object') return this.#startMachine(sandbox, start.startsAfterMs);
    await wait(FAILURE_DELAY_MS, sandbox);
    sandbox.errorReason = start === 'error' ? 'No available runners' : 'Failed to build the image';
    this.#settle(sandbox, start);
  }

  async #startMachine(sandbox: HostedSandbox, delayMs: number): Promise<void> {
    const { snapshot } = sandbox;
    const isEveryProgramShown = snapshot === null || !this.#snapshots.isDefault(snapshot);
    sandbox.files ??= await this.#machines.createFiles(sandbox.id);
    const [machine] = await Promise.all([
      this.#machines.start(sandbox.files, isEveryProgramShown),
      delayMs > 0 ? wait(delayMs, sandbox) : undefined,
    ]);
    // It may have been deleted meanwhile.
    if (sandbox.ending.signal.aborted) return machine.end();
    sandbox.machine = machine;
    this.#settle(sandbox, 'started');
  }

  #destroy(sandbox: HostedSandbox): void {
    sandbox.state = 'destroying';
    sandbox.desiredState = 'destroyed';
    // The name is free again at once.
    sandbox.name = `DESTROYED_${sandbox.name}_${Date.now()}`;
    this.#touch(sandbox);
    this.#clock.forget(sandbox);
    sandbox.ending.abort();
    if (this.#deletion !== 'stuck') this.#continue(this.#remove(sandbox));
  }

  async #remove(sandbox: HostedSandbox): Promise<void> {
    await this.#starts.get(sandbox.id)?.catch(() => undefined);
    await this.#endMachine(sandbox);
    if (sandbox.files) await this.#machines.removeFiles(sandbox.files);
    sandbox.state = 'destroyed';
    this.#sandboxes.delete(sandbox.id);
  }

  async #endMachine(sandbox: HostedSandbox): Promise<void> {
    const { machine } = sandbox;
    sandbox.machine = null;
    await machine?.end();
  }

  #settle(sandbox: HostedSandbox, state: 'started' | 'stopped' | 'error' | 'build_failed'): void {
    if (sandbox.ending.signal.aborted) return;
    sandbox.state = state;
    this.#touch(sandbox);
    this.#clock.noteActivity(sandbox);
  }

  #touch(sandbox: HostedSandbox): void {
    sandbox.updatedAtMs = Date.now();
  }

  /** Goes on after the answer; the server's end waits for it. */
  #continue(work: Promise<void>): void {
    const settled = work
      .catch((error: unknown) => process.emitWarning(error instanceof Error ? error : String(error)))
      .finally(() => this.#work.delete(settled));
    this.#work.add(settled);
  }
}

/** Waits, though not beyond the sandbox's end. */
async function wait(durationMs: number, { ending }: HostedSandbox): Promise<void> {
  await sleep(durationMs, undefined, { signal: ending.signal }).catch(() => undefined);
}
