import type { GenerationAttempt, GenerationEvent } from '@cloche/core';
import type { ExecutionEvent, ExecutionResult, LanguageId } from '@cloche/core/executor';
import type { AttemptInfo } from '../../api/run-event.ts';
import type { RunSummary } from '../../api/runs.ts';
import type { EventWriter } from './event-writer.ts';
import { resultInfo } from './result-info.ts';
import type { StoredArtifacts } from './stored-artifacts.ts';

/** What executions and generations say, as readers of a run get it. */
export class EventTranslation {
  readonly #writer: EventWriter;
  readonly #artifacts: StoredArtifacts;
  #status: RunSummary['status'] = null;
  #language: LanguageId | null = null;

  constructor(writer: EventWriter, artifacts: StoredArtifacts) {
    this.#writer = writer;
    this.#artifacts = artifacts;
  }

  /** Of what was last heard of. Null: nothing was. */
  get status(): RunSummary['status'] {
    return this.#status;
  }

  /** Of the program that was last heard of. Null: none was. */
  get language(): LanguageId | null {
    return this.#language;
  }

  async takeExecutionEvent(event: ExecutionEvent): Promise<void> {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
        await this.#writer.output(event.type, event.phase, event.data);
        break;
      case 'stage':
        await this.#writer.event(event);
        break;
      case 'result':
        this.#status = event.result.status;
        await this.#takeResult(event.result);
        break;
      case 'artifact':
        // They stand in the result as well.
        break;
    }
  }

  async takeGenerationEvent(event: GenerationEvent): Promise<void> {
    switch (event.type) {
      case 'execution':
        await this.takeExecutionEvent(event.event);
        break;
      case 'attempted':
        await this.#writer.event({ type: 'attempted', attempt: attemptInfo(event.attempt) });
        break;
      case 'result': {
        const { status, endedBy, explanation, usage, costUsd, durationMs, model, language } = event.result;
        this.#status = status;
        this.#language = language ?? this.#language;
        const result = { status, endedBy, explanation, usage, costUsd, durationMs, model };
        await this.#writer.event({ type: 'generation', result });
        break;
      }
      case 'written':
        this.#language = event.language;
        await this.#writer.event(event);
        break;
      case 'attempt':
      case 'code':
        await this.#writer.event(event);
        break;
    }
  }

  async #takeResult(result: ExecutionResult): Promise<void> {
    const { kept, omitted } = await this.#artifacts.store(result.artifacts);
    this.#writer.endOutput();
    await this.#writer.event({ type: 'execution', result: resultInfo(result, kept, omitted) });
  }
}

function attemptInfo({ number, code, language, status, error, durationMs }: GenerationAttempt): AttemptInfo {
  return { number, code, language, status, error, durationMs };
}
