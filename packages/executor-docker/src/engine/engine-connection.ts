import type Dockerode from 'dockerode';
import type { LocalizedText } from '@cloche/core/executor';
import { ping } from './ask-engine.ts';
import type { BoundedWork } from './bounded-call.ts';
import { boundedCall } from './bounded-call.ts';
import { connectEndpoint } from './connect-endpoint.ts';
import { EngineAgent } from './engine-agent.ts';
import type { EngineEndpoint } from './engine-endpoint.ts';
import { EngineModem } from './engine-modem.ts';
import { readFailure } from './engine-failure.ts';
import type { EngineCallOptions, EngineIdentity } from './engine.ts';
import { createDockerode, loadDockerode } from './load-dockerode.ts';
import { mapEngineError } from './map-engine-error.ts';
import type { SshProgram } from './ssh-transport.ts';

const ALIVE_MS = 4000;

/** One call, as far as its bounds and its errors are concerned. */
export interface EngineCall {
  /** Completes "The engine at … could not …". */
  readonly action: LocalizedText;
  readonly defaultTimeoutMs: number;
  readonly kind?: 'create' | 'pull' | 'other';
  readonly image?: string;
  readonly runtime?: string | null;
}

/** A way to one engine: every call through it is bounded, and fails with a ClocheError or the caller's own reason. */
export class EngineConnection {
  readonly address: string;
  /** Null until it was asked. */
  product: EngineIdentity['product'] | null = null;
  readonly #agent: EngineAgent;
  readonly #modem: EngineModem;
  #dockerode: Dockerode | null = null;

  constructor(endpoint: EngineEndpoint, ssh: SshProgram) {
    const { transport } = endpoint;
    this.address = endpoint.address;
    this.#agent = new EngineAgent(() => connectEndpoint(transport, ssh), transport.kind !== 'socket');
    this.#modem =
      transport.kind === 'tcp'
        ? new EngineModem(this.#agent, hostHeader(transport.host, transport.port), transport.pathPrefix)
        : new EngineModem(this.#agent, 'docker', '');
  }

  /**
   * @param discard takes what the call brings when nobody waits for it any more
   * @throws ClocheError, or the signal's reason
   */
  call<T>(
    call: EngineCall,
    options: EngineCallOptions,
    work: (dockerode: Dockerode, bounded: BoundedWork) => Promise<T>,
    discard?: (value: T) => void,
  ): Promise<T> {
    return this.attempt(call, options, work, discard).catch((error: unknown) => {
      if (options.signal?.aborted === true) throw options.signal.reason;
      throw this.mapError(error, call);
    });
  }

  /** Like {@link call}, with errors as they come. */
  async attempt<T>(
    call: EngineCall,
    options: EngineCallOptions,
    work: (dockerode: Dockerode, bounded: BoundedWork) => Promise<T>,
    discard?: (value: T) => void,
  ): Promise<T> {
    this.#dockerode ??= createDockerode(await loadDockerode(), this.#modem);
    const dockerode = this.#dockerode;
    const timeoutMs = options.timeoutMs ?? call.defaultTimeoutMs;
    const bounds = {
      timeoutMs,
      signal: options.signal,
      // Below that the question would take as long as the call.
      ...(timeoutMs > ALIVE_MS && { isAlive: () => isAlive(dockerode) }),
    };
    return boundedCall(bounds, (bounded) => work(dockerode, bounded), discard);
  }

  mapError(error: unknown, call: EngineCall): Error {
    return mapEngineError(error, {
      address: this.address,
      action: call.action,
      kind: call.kind ?? 'other',
      image: call.image ?? null,
      runtime: call.runtime ?? null,
    });
  }

  close(): void {
    this.#agent.close();
  }
}

/** An engine that is busy still answers this at once. */
async function isAlive(dockerode: Dockerode): Promise<boolean> {
  try {
    await ping(dockerode, AbortSignal.timeout(ALIVE_MS));
    return true;
  } catch (error) {
    // Whatever it answers, it answers.
    return readFailure(error).statusCode !== null;
  }
}

function hostHeader(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
