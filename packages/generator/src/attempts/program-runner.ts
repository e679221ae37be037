import type { EventSink, GenerateOptions, Runner } from '@cloche/core';
import { forwardExecution } from '@cloche/core';
import type { Execution, ExecutionRequest, ExecutionResult, LanguageId } from '@cloche/core/executor';
import type { GenerationSink } from './generation-sink.ts';

/** Runs what a generation runs, in its session where it has one. */
export class ProgramRunner {
  readonly #runner: Runner;
  readonly #options: GenerateOptions;
  readonly #signal: AbortSignal;

  constructor(runner: Runner, options: GenerateOptions, signal: AbortSignal) {
    this.#runner = runner;
    this.#options = options;
    this.#signal = signal;
  }

  /** What can be got ready before there is a program. */
  prepare(language: LanguageId): void {
    const { executor } = this.#options;
    const signal = this.#signal;
    void this.#runner.prepare(language, executor === undefined ? { signal } : { executor, signal });
  }

  /** @throws whatever the runner fails with */
  async run(request: ExecutionRequest, sink: GenerationSink): Promise<ExecutionResult> {
    const events: EventSink = {
      emit: (event) => sink.emit({ type: 'execution', event }),
      drained: () => sink.drained(),
    };
    const execution = this.#start(request);
    const result = await forwardExecution(execution, events, {
      signal: this.#signal,
      onCodeStarted: () => undefined,
    });
    sink.emit({ type: 'execution', event: { type: 'result', result } });
    return result;
  }

  /** A run that nobody hears of. */
  runSilently(request: ExecutionRequest): Promise<ExecutionResult> {
    return this.#start(request).result;
  }

  #start(request: ExecutionRequest): Execution {
    const { session, ...options } = this.#options;
    const signal = this.#signal;
    return session === undefined
      ? this.#runner.execute(request, { ...options, signal })
      : session.execute(request, { signal });
  }
}
