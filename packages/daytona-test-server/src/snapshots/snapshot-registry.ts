import type { CreateSnapshot } from '@daytona/api-client';
import { ServiceError } from '../http/service-error.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { HostedSnapshot } from './hosted-snapshot.ts';

/** What a sandbox is made from when its request names nothing. */
export const DEFAULT_SNAPSHOT = 'daytona-small';

export class SnapshotRegistry implements AsyncDisposable {
  readonly #buildDurationMs: number;
  readonly #snapshots = new Map<string, HostedSnapshot>();
  readonly #closing = new AbortController();

  constructor(buildDurationMs: number) {
    this.#buildDurationMs = buildDurationMs;
    const snapshot = new HostedSnapshot({ name: DEFAULT_SNAPSHOT, imageName: 'daytonaio/sandbox' }, true);
    this.#snapshots.set(snapshot.id, snapshot);
  }

  get all(): readonly HostedSnapshot[] {
    return [...this.#snapshots.values()];
  }

  isDefault(name: string): boolean {
    return name === DEFAULT_SNAPSHOT;
  }

  /** @throws ServiceError 404 */
  find(idOrName: string): HostedSnapshot {
    const snapshot = this.#lookUp(idOrName);
    if (!snapshot) throw new ServiceError(404, `Snapshot ${idOrName} not found`);
    return snapshot;
  }

  /**
   * The snapshot that a sandbox is to be made from.
   *
   * @throws ServiceError 400 where there is none of this name, or it is not active
   */
  findUsable(idOrName: string | undefined): HostedSnapshot {
    const name = idOrName?.trim() ? idOrName : DEFAULT_SNAPSHOT;
    const snapshot = this.#lookUp(name);
    if (!snapshot) {
      throw new ServiceError(
        400,
        `Snapshot ${name} not found. Did you add it through the Daytona Dashboard?`,
      );
    }
    if (snapshot.state !== 'active') throw new ServiceError(400, `Snapshot ${name} is ${snapshot.state}`);
    return snapshot;
  }

  create(request: CreateSnapshot): HostedSnapshot {
    checkCreateSnapshot(request);
    if (this.all.some(({ name, isGeneral }) => !isGeneral && name === request.name)) {
      throw new ServiceError(
        409,
        `Snapshot with name "${request.name}" already exists for this organization`,
      );
    }
    const snapshot = new HostedSnapshot(request, false);
    this.#snapshots.set(snapshot.id, snapshot);
    void buildSnapshot(snapshot, this.#buildDurationMs, this.#closing.signal);
    return snapshot;
  }

  remove(id: string): void {
    const snapshot = this.find(id);
    if (snapshot.isGeneral) throw new ServiceError(403, 'You cannot delete a general snapshot');
    this.#snapshots.delete(snapshot.id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    this.#snapshots.clear();
  }

  #lookUp(idOrName: string): HostedSnapshot | undefined {
    return this.#snapshots.get(idOrName) ?? this.all.find(({ name }) => name === idOrName);
  }
}

function checkCreateSnapshot(request: CreateSnapshot): void {
  if (!request.buildInfo) {
    if (request.imageName) return;
    throw new ServiceError(400, 'Must specify an image name when not using a build info entry');
  }
  if (request.imageName) {
    throw new ServiceError(400, 'Cannot specify an image name when using a build info entry');
  }
  if (request.entrypoint) {
    throw new ServiceError(400, 'Cannot specify an entrypoint when using a build info entry');
  }
}
