import type {
  CodeModel,
  Config,
  GenerateOptions,
  Generation,
  GenerationEvent,
  GenerationRequest,
  GenerationResult,
  Generator,
  Runner,
} from '@cloche/core';
import type { EventStreamOptions, ExecutionEvent } from '@cloche/core/executor';
import { ClocheError, EventStream, SEE_MORE_HINT } from '@cloche/core/executor';
import { Budget } from './attempts/budget.ts';
import { planGeneration } from './attempts/plan-generation.ts';
import { RepairLoop } from './attempts/repair-loop.ts';
import type { GenerationSink } from './attempts/generation-sink.ts';
import { ProgramRunner } from './attempts/program-runner.ts';
import { ToolchainVersions } from './attempts/toolchain-versions.ts';

export interface GeneratorOptions {
  /** Where the programs run. */
  readonly runner: Runner;
  /** Who writes them. */
  readonly model: CodeModel;
  readonly config: Pick<Config, 'generator' | 'limits' | 'network'>;
}

/** A generator over a model and a runner. Starts nothing, and asks nobody anything, before the first generation. */
export function createGenerator(options: GeneratorOptions): Generator {
  const versions = new ToolchainVersions();
  return {
    generate: (request, generateOptions = {}) => startGeneration(options, versions, request, generateOptions),
  };
}

function startGeneration(
  { runner, model, config }: GeneratorOptions,
  versions: ToolchainVersions,
  request: GenerationRequest,
  options: GenerateOptions,
): Generation {
  const events = new EventStream<GenerationEvent>(GENERATION_EVENTS);
  const sink: GenerationSink = { emit: (event) => events.push(event), drained: () => events.drained() };

  const generate = async (): Promise<GenerationResult> => {
    const task = planGeneration(request, config);
    const budget = new Budget(task, options.signal ?? null);
    try {
      const programs = new ProgramRunner(runner, options, budget.signal);
      return await new RepairLoop({ task, model, programs, budget, sink, versions }).run();
    } finally {
      budget.dispose();
    }
  };
  const result = events.produce(generate, (value) => ({ type: 'result', result: value }));
  return { result, [Symbol.asyncIterator]: () => events.iterate() };
}

const GENERATION_EVENTS: EventStreamOptions<GenerationEvent> = {
  weigh: (event) => {
    if (event.type === 'code') return event.text.length;
    if (event.type === 'written') return event.code.length;
    return event.type === 'execution' ? outputLength(event.event) : 0;
  },
  named: { en: 'generation', zh: '生成' },
  begunBy: 'generate()',
  mapDefect: generatorFailed,
};

function outputLength(event: ExecutionEvent): number {
  return event.type === 'stdout' || event.type === 'stderr' ? event.data.length : 0;
}

function generatorFailed(error: unknown): ClocheError {
  const detail = error instanceof Error ? error.message : String(error);
  return new ClocheError({
    code: 'ERR_GENERATOR_FAILED',
    message: { en: `The generator failed: ${detail}`, zh: `生成器失败：${detail}` },
    hint: SEE_MORE_HINT,
    cause: error,
  });
}
