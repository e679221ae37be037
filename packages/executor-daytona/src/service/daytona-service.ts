import type { Logger } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { bounded } from '../bounded.ts';
import { withoutDotenv } from '../environment.ts';
import type { DaytonaOptions } from '../options.ts';
import { checkAddress } from './check-address.ts';
import { mapDaytonaError } from './map-daytona-error.ts';
import type { Daytona } from './sdk.ts';
import { loadSdk } from './sdk.ts';
import { NOT_AN_API, ServiceFailure, serviceFailure } from './service-failure.ts';
import { ServiceSandbox } from './service-sandbox.ts';
import type { Timing } from './timing.ts';
import { DEFAULT_TIMING } from './timing.ts';

/** What a new sandbox is to be. */
export interface SandboxRequest {
  /** Unique, so that it is found again whatever became of the answer. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly blocksNetwork: boolean;
  readonly autoStopMinutes: number;
}

/** What the service said of the key; null where it did not say. */
export interface KeyReport {
  readonly permissions: readonly string[] | null;
}

/** Everything that is asked of Daytona's control plane, each call with a deadline. Rejects with a ServiceFailure. */
export class DaytonaService {
  readonly apiUrl: string;
  readonly #options: DaytonaOptions;
  readonly #apiKey: string;
  readonly #logger: Logger;
  readonly #timing: Timing;
  #daytona: Daytona | null = null;

  /** @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` without a key, `ERR_CONFIG_INVALID` for an address that is none */
  constructor(options: DaytonaOptions, logger: Logger, timing: Timing = DEFAULT_TIMING) {
    const { apiKey, apiUrl } = checkAddress(options);
    this.apiUrl = apiUrl;
    this.#apiKey = apiKey;
    this.#options = options;
    this.#logger = logger;
    this.#timing = timing;
  }

  /** One cheap request: whether the address, the key and its permissions are good. */
  async checkKey(): Promise<KeyReport> {
    return this.#ask('getCurrentApiKey', this.#timing.requestMs, async () => {
      const { client } = loadSdk();
      const configuration = new client.Configuration({
        basePath: this.apiUrl,
        baseOptions: {
          headers: { Authorization: `Bearer ${this.#apiKey}` },
          timeout: this.#timing.requestMs,
        },
      });
      const { data } = await new client.ApiKeysApi(configuration).getCurrentApiKey();
      if (typeof data !== 'object' || data === null || !('permissions' in data)) throw notAnApi();
      const { permissions } = data;
      return { permissions: Array.isArray(permissions) ? permissions.map(String) : null };
    });
  }

  async create(request: SandboxRequest): Promise<ServiceSandbox> {
    const { creationMs } = this.#timing;
    const { snapshot, image, cpuCount, memoryGib, diskGib, networkAllowList } = this.#options;
    const common = {
      name: request.name,
      labels: { ...request.labels },
      networkBlockAll: request.blocksNetwork,
      ...(request.blocksNetwork || networkAllowList.length === 0
        ? {}
        : { networkAllowList: networkAllowList.join(',') }),
      autoStopInterval: request.autoStopMinutes,
      // Stopped is deleted: nothing of it is paid for any more.
      ephemeral: true,
    };
    const resources = {
      ...(cpuCount === null ? {} : { cpu: cpuCount }),
      ...(memoryGib === null ? {} : { memory: memoryGib }),
      ...(diskGib === null ? {} : { disk: diskGib }),
    };
    return this.#ask('createSandbox', creationMs + this.#timing.requestMs, async () => {
      const timeout = { timeout: creationMs / 1000 };
      const daytona = this.#client();
      const created =
        image === null
          ? await daytona.create({ ...common, ...(snapshot === null ? {} : { snapshot }) }, timeout)
          : await daytona.create({ ...common, image, resources }, timeout);
      return this.#ofOrganization(this.#sandbox(created));
    });
  }

  /** Null where there is none of this name. */
  async find(name: string): Promise<ServiceSandbox | null> {
    try {
      return await this.#ask('getSandbox', this.#timing.requestMs, async () =>
        this.#sandbox(await this.#client().get(name)),
      );
    } catch (error) {
      if (error instanceof ServiceFailure && error.kind === 'missing') return null;
      throw error;
    }
  }

  /** Every sandbox of the organization that has these labels, whoever made it. */
  async list(labels: Readonly<Record<string, string>>): Promise<ServiceSandbox[]> {
    return this.#ask('listSandboxes', 2 * this.#timing.requestMs, async () => {
      const found: ServiceSandbox[] = [];
      for await (const sandbox of this.#client().list({ labels: { ...labels } }))
        found.push(this.#sandbox(sandbox));
      return found;
    });
  }

  /** The SDK itself, for what only snapshots need. */
  use<Value>(timeoutMs: number, work: (daytona: Daytona) => Promise<Value>): Promise<Value> {
    return this.#ask('snapshots', timeoutMs, () => work(this.#client()));
  }

  async close(): Promise<void> {
    await this.#daytona?.[Symbol.asyncDispose]();
  }

  #client(): Daytona {
    const { apiKey, target, organizationId } = this.#options;
    this.#daytona ??= withoutDotenv(() => {
      const { sdk } = loadSdk();
      return new sdk.Daytona({
        apiKey: apiKey ?? '',
        apiUrl: this.apiUrl,
        ...(target === null ? {} : { target }),
        ...(organizationId === null ? {} : { organizationId }),
        requestTimeoutMs: this.#timing.requestMs,
        // Else a socket is opened for events, which a run of a second does not need.
        // oxlint-disable-next-line typescript/no-deprecated -- the replacement is that socket
        useDeprecatedPolling: true,
      });
    });
    return this.#daytona;
  }

  /** A key belongs to one organization, whatever the request says; another one than asked for must not pay. */
  async #ofOrganization(sandbox: ServiceSandbox): Promise<ServiceSandbox> {
    const { organizationId } = this.#options;
    const { organizationId: actual } = sandbox;
    if (organizationId === null || actual === null || actual === organizationId) return sandbox;
    await sandbox.delete();
    throw serviceFailure(
      'request',
      `the key belongs to the organization ${actual}, and not to ${organizationId}`,
    );
  }

  #sandbox(sandbox: ConstructorParameters<typeof ServiceSandbox>[0]): ServiceSandbox {
    if (typeof sandbox.id !== 'string' || sandbox.id === '') throw notAnApi();
    return new ServiceSandbox(sandbox, this.#apiKey, this.#timing, this.#logger);
  }

  async #ask<Value>(operation: string, timeoutMs: number, work: () => Promise<Value>): Promise<Value> {
    try {
      return await bounded(work(), timeoutMs);
    } catch (error) {
      // The SDK itself is missing, which is no failure of the service.
      if (ClocheError.isInstance(error)) throw error;
      const failure = mapDaytonaError(error, this.#apiKey);
      this.#logger.debug('a request to Daytona failed', {
        operation,
        kind: failure.kind,
        status: failure.statusCode,
      });
      throw failure;
    }
  }
}

function notAnApi(): ServiceFailure {
  return serviceFailure('address', NOT_AN_API);
}
