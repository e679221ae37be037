import type { CodeModel, Config, GenerationRequest, Generator, Runner } from '@cloche/core';
import type { RunRegistry } from '../runs/run-registry.ts';
import { ClientModel } from '../sampling/client-model.ts';
import type { Session } from '../sessions/session.ts';
import { modelMissing, tooManyGenerations } from './generation-errors.ts';
import type { GenerationLimits } from './generation-limits.ts';
import { GenerationRun } from './generation-run.ts';
import type { GeneratorModule } from './load-generator.ts';
import { loadGenerator } from './load-generator.ts';
import { sessionForGeneration } from './session-for-generation.ts';

export interface GenerationsOptions {
  readonly runner: Runner;
  readonly config: Config;
  /** Where the providers' usual variables are. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly runs: RunRegistry;
  readonly limits: GenerationLimits;
}

export interface GenerationStart {
  readonly principal: string;
  readonly request: GenerationRequest;
  readonly session: Session | null;
  /** Whether the client lends its model. */
  readonly maySample: boolean;
}

interface Writer {
  readonly model: CodeModel;
  readonly generator: Generator;
}

/** Has programs written: by the model that is configured, else by the client's own. */
export class Generations {
  readonly #options: GenerationsOptions;
  readonly #running = new Set<GenerationRun>();
  #configured: Writer | null = null;

  constructor(options: GenerationsOptions) {
    this.#options = options;
  }

  /**
   * Starts; what goes wrong from then on is told by the run.
   *
   * @throws ClocheError `ERR_GENERATOR_FAILED` without a model, `ERR_CONFIG_INVALID` where its configuration contradicts
   *   itself, `ERR_REQUEST_INVALID` where there are as many as may be
   */
  async begin({ principal, request, session, maySample }: GenerationStart): Promise<GenerationRun> {
    const parts = await loadGenerator();
    const configured = this.#configuredWriter(parts);
    if (configured === null && !maySample) throw modelMissing(parts.noModelConfigured());
    this.#makeRoom(principal);
    return this.#options.runs.track(
      { principal, language: request.language, sessionId: session?.id ?? null },
      (options) => new GenerationRun(options, configured === null ? 'client' : 'configured'),
      async (run) => {
        const release = session?.use();
        this.#running.add(run);
        const { model, generator } =
          configured ?? this.#writer(parts, new ClientModel((question) => run.pose(question)));
        const generation = generator.generate(request, {
          principal,
          signal: run.signal,
          ...(session !== null && { session: sessionForGeneration(session) }),
        });
        await run.followGeneration(generation, model);
        this.#running.delete(run);
        release?.();
      },
    );
  }

  #configuredWriter(parts: GeneratorModule): Writer | null {
    if (this.#configured !== null) return this.#configured;
    const { config, environment } = this.#options;
    const resolved = parts.resolveModel(config.generator, environment);
    this.#configured = resolved === null ? null : this.#writer(parts, parts.openCodeModel(resolved));
    return this.#configured;
  }

  #writer({ createGenerator }: GeneratorModule, model: CodeModel): Writer {
    const { runner, config } = this.#options;
    return { model, generator: createGenerator({ runner, model, config }) };
  }

  #makeRoom(principal: string): void {
    const { perPrincipal, total } = this.#options.limits;
    const own = [...this.#running].filter((run) => run.principal === principal);
    const isFullForOwner = own.length >= perPrincipal;
    if (!isFullForOwner && this.#running.size < total) return;
    // A client that gives up between two rounds says so to nobody.
    const left = own.find((run) => run.question?.isOpen === true && !run.isInUse);
    if (left === undefined) throw tooManyGenerations(own.length, isFullForOwner);
    this.#running.delete(left);
    left.cancel();
  }
}
