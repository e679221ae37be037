import type { ExecutorHost, ProbeResult, Unavailability } from '@cloche/core/executor';
import { ClocheError, SEE_MORE_HINT } from '@cloche/core/executor';
import type { ConnectedEngine } from './connected-engine.ts';
import { seccompOption } from './container/seccomp-option.ts';
import { disposed } from './disposed.ts';
import { describeIsolation, isolationOf } from './engine/engine-isolation.ts';
import type { Engine, EngineIdentity } from './engine/engine.ts';
import { openEngine } from './engine/open-engine.ts';
import { GoLibrary } from './images/go-library.ts';
import { ImageCatalog } from './images/image-catalog.ts';
import { ToolchainProbe } from './images/toolchain-probe.ts';
import type { DockerOptions } from './options.ts';
import { ContainerDisposal } from './pool/container-disposal.ts';
import { ContainerPool } from './pool/container-pool.ts';
import { StartGate } from './pool/start-gate.ts';

const GONE_MS = 1500;

/** Finds the engine when it is first needed, and keeps what belongs to it as long as it answers. */
export class EngineConnector {
  readonly #options: DockerOptions;
  readonly #host: ExecutorHost;
  readonly #closings = new Set<Promise<void>>();
  /** Errors of {@link EngineConnector.connect}, with the commands to paste that an error has no place for. */
  readonly #explained = new WeakMap<ClocheError, Unavailability>();
  readonly #left = new Set<string>();
  readonly #uses = new WeakMap<ConnectedEngine, Set<Promise<unknown>>>();
  #connected: Promise<ConnectedEngine> | null = null;
  #current: ConnectedEngine | null = null;
  #isClosed = false;

  constructor(options: DockerOptions, host: ExecutorHost) {
    this.#options = options;
    this.#host = host;
  }

  /**
   * @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` where no engine answers, with why and what to do, and after
   * {@link EngineConnector.close}: nobody would give back a connection that was made then
   */
  connect(): Promise<ConnectedEngine> {
    if (this.#isClosed) return Promise.reject(disposed());
    if (this.#connected === null) {
      const connected = this.#open();
      // What is missing may be started while this process lives, so that only success is kept.
      connected.then(
        (engine) => {
          if (this.#connected === connected) this.#current = engine;
        },
        () => {
          if (this.#connected === connected) this.#connected = null;
        },
      );
      this.#connected = connected;
    }
    return this.#connected;
  }

  /** Never rejects. */
  async probe(signal: AbortSignal | null): Promise<ProbeResult> {
    const startedAtMs = performance.now();
    try {
      const known = this.#connected;
      if (known === null || this.#isClosed) {
        const { identity } = await this.connect();
        return { available: true, version: identity.version, latencyMs: performance.now() - startedAtMs };
      }
      const { engine } = await known;
      const { version } = await engine.identify(signal === null ? {} : { signal });
      return { available: true, version, latencyMs: performance.now() - startedAtMs };
    } catch (error) {
      return this.#explain(error);
    }
  }

  #explain(error: unknown): Unavailability {
    if (!ClocheError.isInstance(error)) {
      const reason = error instanceof Error ? error.message : String(error);
      return {
        available: false,
        code: 'ERR_EXECUTOR_UNAVAILABLE',
        reason: { en: reason, zh: reason },
        hint: SEE_MORE_HINT,
        fix: [],
      };
    }
    const { code, text } = error;
    return (
      this.#explained.get(error) ?? {
        available: false,
        code,
        reason: text.message,
        hint: text.hint ?? SEE_MORE_HINT,
        fix: [],
      }
    );
  }

  /**
   * Lends the engine for some work. One that turns out to have gone is looked for anew next time; an image that cannot
   * be had, or the like, is no reason to let go of it.
   */
  async use<Value>(work: (connected: ConnectedEngine) => Promise<Value>): Promise<Value> {
    const connected = await this.connect();
    const use = work(connected);
    const uses = this.#uses.get(connected) ?? new Set();
    this.#uses.set(connected, uses.add(use));
    try {
      return await use;
    } catch (error) {
      if (ClocheError.isInstance(error) && error.code === 'ERR_EXECUTOR_UNAVAILABLE') {
        this.#track(this.#disconnectIfGone(connected));
      }
      throw error;
    } finally {
      uses.delete(use);
    }
  }

  async #disconnectIfGone(connected: ConnectedEngine): Promise<void> {
    const isThere = await connected.engine.identify({ timeoutMs: GONE_MS }).then(
      () => true,
      () => false,
    );
    if (isThere || this.#current !== connected) return;
    this.#connected = null;
    this.#current = null;
    this.#close(connected);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#closings);
    const connected = await this.#connected?.catch(() => null);
    this.#connected = null;
    this.#current = null;
    if (connected !== null && connected !== undefined) this.#close(connected);
    await Promise.all(this.#closings);
  }

  #close(connected: ConnectedEngine): void {
    this.#track(this.#closeWhenUnused(connected));
  }

  async #closeWhenUnused(connected: ConnectedEngine): Promise<void> {
    const { pool, goLibrary, disposal, engine } = connected;
    // Others may be in the middle of a run, which the end of its connection would end.
    await Promise.allSettled(this.#uses.get(connected) ?? new Set<Promise<unknown>>());
    await Promise.all([pool.close(), goLibrary.close()]);
    await disposal.settle();
    engine.close();
  }

  #track(work: Promise<void>): void {
    const closing = work.finally(() => this.#closings.delete(closing));
    this.#closings.add(closing);
  }

  async #open(): Promise<ConnectedEngine> {
    const search = await openEngine(this.#host, this.#options.host);
    if (!search.found) {
      const { code, reason, hint } = search.unavailability;
      const error = new ClocheError({ code, message: reason, hint, retryable: true });
      this.#explained.set(error, search.unavailability);
      throw error;
    }
    const { engine, identity, origin } = search;
    this.#checkRuntime(identity);
    return this.#connectedTo(engine, identity, origin);
  }

  async #connectedTo(engine: Engine, identity: EngineIdentity, origin: string): Promise<ConnectedEngine> {
    const { runtime, pool } = this.#options;
    const gate = new StartGate();
    const disposal = new ContainerDisposal({ engine, gate, logger: this.#host.logger, left: this.#left });
    return {
      engine,
      origin,
      identity,
      isolation: isolationOf(identity, runtime),
      isolationDetail: describeIsolation(identity, runtime),
      seccomp: await seccompOption(engine, identity, this.#host),
      catalog: new ImageCatalog(engine),
      probe: new ToolchainProbe(engine, this.#host),
      goLibrary: new GoLibrary(engine, this.#host),
      gate,
      disposal,
      pool: new ContainerPool({ engine, host: this.#host, options: pool, gate, disposal }),
    };
  }

  #checkRuntime({ runtimes }: EngineIdentity): void {
    const { runtime } = this.#options;
    if (runtime === null || runtimes.length === 0 || runtimes.includes(runtime)) return;
    const known = runtimes.join(', ');
    throw new ClocheError({
      code: 'ERR_CONFIG_INVALID',
      message: {
        en: `docker.runtime is ${JSON.stringify(runtime)}, which this engine does not have. It has: ${known}.`,
        zh: `docker.runtime 为 ${JSON.stringify(runtime)}，该引擎没有此运行时。可用的有：${known}。`,
      },
      hint: {
        en: 'Register it with the engine (daemon.json, "runtimes"), or leave docker.runtime (CLOCHE_DOCKER_RUNTIME) out.',
        zh: '请在引擎中注册它（daemon.json 的 "runtimes"），或去掉 docker.runtime（CLOCHE_DOCKER_RUNTIME）。',
      },
    });
  }
}
