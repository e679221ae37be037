import { DockerodeContainers } from './dockerode-containers.ts';
import { DockerodeImages } from './dockerode-images.ts';
import { EngineConnection } from './engine-connection.ts';
import type { EngineEndpoint } from './engine-endpoint.ts';
import type { Engine, EngineCallOptions, EngineContainers, EngineIdentity, EngineImages } from './engine.ts';
import { IDENTIFY, identifyEngine, pingEngine } from './identify-engine.ts';
import type { SshProgram } from './ssh-transport.ts';

/** The engine at an endpoint, through dockerode. Made without I/O. */
export class DockerodeEngine implements Engine {
  readonly address: string;
  readonly containers: EngineContainers;
  readonly images: EngineImages;
  readonly #connection: EngineConnection;

  constructor(endpoint: EngineEndpoint, ssh: SshProgram) {
    this.#connection = new EngineConnection(endpoint, ssh);
    this.address = endpoint.address;
    this.containers = new DockerodeContainers(this.#connection);
    this.images = new DockerodeImages(this.#connection);
  }

  async identify(options: EngineCallOptions = {}): Promise<EngineIdentity> {
    try {
      return await identifyEngine(this.#connection, options);
    } catch (error) {
      if (options.signal?.aborted === true) throw options.signal.reason;
      throw this.#connection.mapError(error, IDENTIFY);
    }
  }

  /**
   * Like {@link identify}, for the search: with errors as they come, so that their kinds can be told apart.
   *
   * @param answersWithinMs for the first sign of life; an engine that gives one has its usual time for the rest
   */
  async identifySoon(answersWithinMs: number, signal: AbortSignal | undefined): Promise<EngineIdentity> {
    const options = signal === undefined ? {} : { signal };
    await pingEngine(this.#connection, { ...options, timeoutMs: answersWithinMs });
    return identifyEngine(this.#connection, options);
  }

  close(): void {
    this.#connection.close();
  }
}
