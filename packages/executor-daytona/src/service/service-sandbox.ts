import type { Logger } from '@cloche/core/executor';
import { bounded } from '../bounded.ts';
import { mapDaytonaError } from './map-daytona-error.ts';
import type { Sandbox } from './sdk.ts';
import { NOT_AN_API, ServiceFailure, serviceFailure } from './service-failure.ts';
import type { Timing } from './timing.ts';

export interface UploadedFile {
  readonly path: string;
  readonly content: Buffer;
}

const GOING: ReadonlySet<string> = new Set(['destroying', 'destroyed', 'archiving', 'archived']);

/** One sandbox of the service, each call with a deadline. Rejects with a ServiceFailure. */
export class ServiceSandbox {
  readonly #sandbox: Sandbox;
  readonly #secret: string;
  /** The SDK's own go with an answer that is none. */
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly timing: Timing;
  readonly #logger: Logger;

  constructor(sandbox: Sandbox, secret: string, timing: Timing, logger: Logger) {
    this.#sandbox = sandbox;
    this.#secret = secret;
    this.id = sandbox.id;
    this.name = sandbox.name;
    this.labels = sandbox.labels ?? {};
    this.timing = timing;
    this.#logger = logger;
  }

  /** `started`, `stopped`, `error`, `destroying` …; null where the service did not say. */
  get state(): string | null {
    return this.#sandbox.state ?? null;
  }

  get errorReason(): string | null {
    return this.#sandbox.errorReason ?? null;
  }

  /** Null where the service did not say. */
  get organizationId(): string | null {
    return this.#sandbox.organizationId ?? null;
  }

  /** What it was made from; null for one from an image. */
  get snapshot(): string | null {
    return this.#sandbox.snapshot ?? null;
  }

  /** `container`, `linux-vm`; null where the service did not say. */
  get sandboxClass(): string | null {
    return this.#sandbox.sandboxClass ?? null;
  }

  get blocksNetwork(): boolean {
    return this.#sandbox.networkBlockAll === true;
  }

  /** What the sandbox's shell, fed with `script`, has printed. */
  async execute(script: string, timeoutMs: number): Promise<string> {
    const seconds = Math.ceil(timeoutMs / 1000);
    const { result } = await this.#ask(timeoutMs + this.timing.executeGraceMs, () =>
      this.#sandbox.process.executeCommand(script, undefined, undefined, seconds),
    );
    return typeof result === 'string' ? result : '';
  }

  async upload(files: readonly UploadedFile[]): Promise<void> {
    const { uploadMs } = this.timing;
    await this.#ask(uploadMs, () =>
      this.#sandbox.fs.uploadFiles(
        files.map(({ path, content }) => ({ source: content, destination: path })),
        uploadMs / 1000,
      ),
    );
  }

  /** Asks for its present state. */
  async refresh(): Promise<void> {
    await this.#ask(this.timing.requestMs, () => this.#sandbox.refreshData());
    this.#checkIsItself();
  }

  async setNetwork(settings: {
    readonly blocksNetwork: boolean;
    readonly allowList: readonly string[];
  }): Promise<void> {
    const { blocksNetwork, allowList } = settings;
    await this.#ask(this.timing.requestMs, () =>
      this.#sandbox.updateNetworkSettings({
        networkBlockAll: blocksNetwork,
        ...(blocksNetwork || allowList.length === 0 ? {} : { networkAllowList: allowList.join(',') }),
      }),
    );
  }

  /** Deletes it; the service goes on with that for a while. One that is gone already counts as deleted. */
  async delete(): Promise<void> {
    try {
      const { deletionMs } = this.timing;
      await this.#ask(deletionMs, () => this.#sandbox.delete(deletionMs / 1000));
      this.#checkIsItself();
      // Some versions of the service say nothing of the state; others might say anything.
      if (!this.#isGoing) await this.refresh();
      if (!this.#isGoing) throw notDeleted(this.state);
    } catch (error) {
      if (error instanceof ServiceFailure && error.kind === 'missing') return;
      throw error;
    }
  }

  get #isGoing(): boolean {
    return GOING.has(this.state ?? '');
  }

  /** The SDK takes whatever came as the sandbox's new self. */
  #checkIsItself(): void {
    if (this.#sandbox.id !== this.id) throw serviceFailure('address', NOT_AN_API);
  }

  async #ask<Value>(timeoutMs: number, work: () => Promise<Value>): Promise<Value> {
    try {
      this.#sandbox.id = this.id;
      return await bounded(work(), timeoutMs);
    } catch (error) {
      const failure = mapDaytonaError(error, this.#secret);
      this.#logger.debug('a request to a Daytona sandbox failed', {
        sandbox: this.name,
        kind: failure.kind,
        status: failure.statusCode,
      });
      throw failure;
    }
  }
}

function notDeleted(state: string | null): ServiceFailure {
  return serviceFailure('server', `the sandbox is still there, ${state ?? 'in an unknown state'}`);
}
