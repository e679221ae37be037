import type {
  CapabilityQuery,
  ExecuteOptions,
  Execution,
  ExecutionPlan,
  Executor,
  ExecutorCapabilities,
  ExecutorHost,
  ProbeResult,
  ReapReport,
} from '@cloche/core/executor';
import { LANGUAGE_IDS, RunningExecutions } from '@cloche/core/executor';
import { CompileCache } from './cache/compile-cache.ts';
import { disposed } from './disposed.ts';
import { dockerCapabilities } from './docker-capabilities.ts';
import { EngineConnector } from './engine-connector.ts';
import { executePlan } from './execution/execute-plan.ts';
import type { DockerOptions } from './options.ts';
import { reapLeftovers } from './reap.ts';

export class DockerExecutor implements Executor {
  readonly specificationVersion = 1;
  readonly name = 'docker';
  readonly #options: DockerOptions;
  readonly #host: ExecutorHost;
  readonly #connector: EngineConnector;
  readonly #compileCache: CompileCache;
  readonly #running = new RunningExecutions();
  #isDisposed = false;

  constructor(options: DockerOptions, host: ExecutorHost) {
    this.#options = options;
    this.#host = host;
    this.#connector = new EngineConnector(options, host);
    this.#compileCache = new CompileCache(host);
  }

  probe({ signal }: { readonly signal?: AbortSignal } = {}): Promise<ProbeResult> {
    return this.#connector.probe(signal ?? null);
  }

  async capabilities(query: CapabilityQuery = {}): Promise<ExecutorCapabilities> {
    return this.#connector.use((connected) =>
      dockerCapabilities(connected, this.#options, query.languages ?? LANGUAGE_IDS),
    );
  }

  execute(plan: ExecutionPlan, { signal }: ExecuteOptions): Execution {
    return this.#running.start(plan, signal, async (controller, aborting) => {
      if (this.#isDisposed) throw disposed();
      const shared = { host: this.#host, options: this.#options, compileCache: this.#compileCache };
      return this.#connector.use((connected) =>
        executePlan(plan, { ...shared, connected }, aborting, controller),
      );
    });
  }

  async reap(): Promise<ReapReport> {
    try {
      const { engine } = await this.#connector.connect();
      return await reapLeftovers(engine, this.#host);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { removed: [], failed: [{ kind: 'container', name: 'cloche-*', reason }] };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    await this.#running.endAll();
    await this.#connector.close();
  }
}
