import type {
  CapabilityQuery,
  ExecuteOptions,
  Execution,
  ExecutionPlan,
  Executor,
  ExecutorCapabilities,
  ExecutorHost,
  LanguageCapability,
  LanguageId,
  ProbeResult,
  ReapReport,
} from '@cloche/core/executor';
import { ClocheError, LANGUAGE_IDS, RunningExecutions, SEE_MORE_HINT } from '@cloche/core/executor';
import { disposed } from './disposed.ts';
import { executePlan } from './execution/execute-plan.ts';
import { locateToolchain } from './execution/locate-toolchain.ts';
import { missingToolchain } from './execution/missing-toolchain.ts';
import { removeOwnerDirectory } from './execution/run-directory.ts';
import { limitSupport, networksOf, refuseUnsupported } from './local-capabilities.ts';
import type { LocalOptions } from './options.ts';
import { PipeMaker } from './place/pipe-maker.ts';
import { reapLeftovers } from './reap.ts';
import { Surroundings } from './surroundings.ts';
import { GoCache } from './toolchain/go-cache.ts';
import { ToolchainFinder } from './toolchain/toolchain-finder.ts';
import { executorVersion } from './version.ts';

export class LocalExecutor implements Executor {
  readonly specificationVersion = 1;
  readonly name = 'local';
  readonly #host: ExecutorHost;
  readonly #surroundings: Surroundings;
  readonly #finder: ToolchainFinder;
  readonly #goCache: GoCache;
  readonly #pipes: PipeMaker;
  readonly #running = new RunningExecutions();
  /** Each may start programs, and write down what they say. */
  readonly #questions = new Set<Promise<unknown>>();
  #isDisposed = false;

  constructor(options: LocalOptions, host: ExecutorHost) {
    this.#host = host;
    this.#surroundings = new Surroundings(options, host);
    this.#finder = new ToolchainFinder(host);
    this.#goCache = new GoCache(host);
    this.#pipes = new PipeMaker();
  }

  async probe(): Promise<ProbeResult> {
    const startedAtMs = performance.now();
    try {
      const choice = await this.#surroundings.sandbox();
      if (!choice.available) return choice;
      return { available: true, version: executorVersion(), latencyMs: performance.now() - startedAtMs };
    } catch (error) {
      return unusable(error);
    }
  }

  async capabilities(query: CapabilityQuery = {}): Promise<ExecutorCapabilities> {
    const answer = this.#findCapabilities(query);
    this.#questions.add(answer);
    try {
      return await answer;
    } finally {
      this.#questions.delete(answer);
    }
  }

  execute(plan: ExecutionPlan, { signal }: ExecuteOptions): Execution {
    return this.#running.start(plan, signal, async (controller, aborting) => {
      if (this.#isDisposed) throw disposed();
      // Beside the questions that come first, since both cost a process.
      this.#pipes.prepare();
      const { sandbox, controlGroups } = await this.#surroundings.find();
      const limits = limitSupport(sandbox, controlGroups, this.#host.platform);
      refuseUnsupported(plan, { limits, networks: networksOf(sandbox), isolationDetail: sandbox.detail });
      const search = await locateToolchain(plan.language, this.#finder);
      if (!search.found) throw languageMissing(plan.language, search.missing, this.#host.platform);
      const resources = {
        host: this.#host,
        sandbox,
        controlGroups,
        pipes: this.#pipes,
        goCache: this.#goCache,
        toolchain: search.toolchain,
      };
      return executePlan(plan, resources, aborting, controller);
    });
  }

  async reap(): Promise<ReapReport> {
    try {
      return await reapLeftovers(this.#host, await this.#surroundings.controlGroups());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { removed: [], failed: [{ kind: 'directory', name: 'executor-local', reason }] };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    await this.#running.endAll();
    await Promise.allSettled(this.#questions);
    await this.#pipes.close();
    await removeOwnerDirectory(this.#host);
  }

  async #findCapabilities(query: CapabilityQuery): Promise<ExecutorCapabilities> {
    const { sandbox, controlGroups } = await this.#surroundings.find();
    const languages = query.languages ?? LANGUAGE_IDS;
    const found = await Promise.all(languages.map((language) => this.#languageCapability(language)));
    return {
      isolation: sandbox.isolation,
      isolationDetail: sandbox.detail,
      languages: Object.fromEntries(languages.map((language, index) => [language, found[index]])),
      stdin: ['bytes', 'stream'],
      separateStderr: true,
      liveOutput: true,
      limits: limitSupport(sandbox, controlGroups, this.#host.platform),
      networks: networksOf(sandbox),
      sessions: false,
      artifacts: true,
      details: [],
      warnings: sandbox.warnings,
    };
  }

  async #languageCapability(language: LanguageId): Promise<LanguageCapability> {
    const search = await locateToolchain(language, this.#finder);
    if (!search.found) return missingToolchain(language, search.missing, this.#host.platform);
    return {
      available: true,
      version: search.toolchain.version,
      location: search.toolchain.programs[0]?.path ?? '',
    };
  }
}

function languageMissing(language: LanguageId, program: string, platform: NodeJS.Platform): ClocheError {
  const { code, reason, hint } = missingToolchain(language, program, platform);
  return new ClocheError({ code, message: reason, hint });
}

function unusable(error: unknown): ProbeResult {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    available: false,
    code: ClocheError.isInstance(error) ? error.code : 'ERR_EXECUTOR_UNAVAILABLE',
    reason: ClocheError.isInstance(error) ? error.text.message : { en: reason, zh: reason },
    hint: (ClocheError.isInstance(error) ? error.text.hint : null) ?? SEE_MORE_HINT,
    fix: [],
  };
}
