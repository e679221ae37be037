import { Spool } from '@cloche/core';
import type { Generation, GenerationAttempt, GenerationEvent, SpoolDirectory } from '@cloche/core';
import type { Execution, ExecutionEvent, ExecutionResult, LanguageId, Logger } from '@cloche/core/executor';
import type { AttemptInfo } from '../../api/run-event.ts';
import type { ApiError, RunCopies, RunRecord, RunRequest, RunState, RunSummary } from '../../api/runs.ts';
import type { PlaygroundLimits } from '../playground-limits.ts';
import { EventJournal } from './event-journal.ts';
import { EventWriter } from './event-writer.ts';
import { resultInfo } from './result-info.ts';
import { runTitle } from './run-title.ts';
import { StoredArtifacts } from './stored-artifacts.ts';

export interface PlaygroundRunOptions {
  readonly id: string;
  readonly request: RunRequest;
  readonly copies: RunCopies;
  readonly directory: SpoolDirectory;
  readonly limits: PlaygroundLimits;
  /** Whether so many bytes more can be kept, whatever has to go for them. */
  readonly makeRoom: (bytes: number) => boolean;
  /** In the language of whoever asked for the run. */
  readonly toApiError: (error: unknown) => ApiError;
  readonly logger: Logger;
}

/** A request as it is done: what of it is under way. */
export type RunSource =
  | { readonly kind: 'execution'; readonly execution: Execution }
  | { readonly kind: 'generation'; readonly generation: Generation };

/** One run under way or done, with everything that is kept of it. */
export class PlaygroundRun {
  readonly id: string;
  readonly journal: EventJournal;
  readonly artifacts: StoredArtifacts;
  readonly #kind: RunRequest['kind'];
  readonly #title: string;
  readonly #record: Spool;
  readonly #writer: EventWriter;
  readonly #toApiError: PlaygroundRunOptions['toApiError'];
  readonly #abort = new AbortController();
  readonly #startedAtMs = Date.now();
  readonly #start = performance.now();
  #language: LanguageId | null;
  #state: RunState = 'running';
  #status: RunSummary['status'] = null;
  #durationMs: number | null = null;

  constructor(options: PlaygroundRunOptions) {
    const { id, request, directory, limits, makeRoom, logger } = options;
    this.id = id;
    this.#kind = request.kind;
    this.#title = runTitle(request);
    this.#language = request.language;
    this.#toApiError = options.toApiError;
    this.#record = new Spool(directory);
    this.journal = new EventJournal(directory);
    let artifactBytes = limits.artifactBytes;
    this.artifacts = new StoredArtifacts(directory, (bytes) => {
      if (bytes > artifactBytes || !makeRoom(bytes)) return false;
      artifactBytes -= bytes;
      return true;
    });
    this.#writer = new EventWriter({
      journal: this.journal,
      batchIntervalMs: limits.batchIntervalMs,
      batchBytes: limits.batchBytes,
      hasRoom: () => this.journal.byteCount < limits.journalBytes && makeRoom(limits.batchBytes),
      onFailure: (error) => {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
        logger.warn('output of a run could not be kept', { run: id, code });
      },
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get isOpen(): boolean {
    return this.#state === 'running';
  }

  get byteCount(): number {
    return this.journal.byteCount + this.artifacts.byteCount + this.#record.byteCount;
  }

  summary(): RunSummary {
    return {
      id: this.id,
      kind: this.#kind,
      state: this.#state,
      status: this.#status,
      language: this.#language,
      title: this.#title,
      startedAt: this.#startedAtMs,
      durationMs: this.#durationMs,
    };
  }

  /** @throws where the disk does not give it back */
  async record(): Promise<RunRecord> {
    const bytes = await this.#record.read(0, this.#record.byteCount);
    const { request, copies } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Pick<
      RunRecord,
      'request' | 'copies'
    >;
    return { ...this.summary(), request, copies };
  }

  /** Once, before it is followed. @throws where the disk does not take it */
  async keep(request: RunRequest, copies: RunCopies): Promise<void> {
    await this.#record.append(Buffer.from(JSON.stringify({ request, copies })));
    await this.#record.finish();
  }

  /** Kills its program, or ends its generation. Without effect after the end. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Takes in everything that happens. Never rejects; once, and before control returns to the event loop. */
  async follow(source: RunSource): Promise<void> {
    try {
      if (source.kind === 'execution') {
        for await (const event of source.execution) await this.#onExecutionEvent(event);
      } else {
        for await (const event of source.generation) await this.#onGenerationEvent(event);
      }
      this.#state = 'ended';
    } catch (error) {
      await this.#onFailure(error);
    }
    await this.#end();
  }

  /** Nothing of it could begin. */
  async fail(error: unknown): Promise<void> {
    await this.#onFailure(error);
    await this.#end();
  }

  async remove(): Promise<void> {
    await Promise.all([this.#record.remove(), this.journal.remove(), this.artifacts.remove()]);
  }

  async #end(): Promise<void> {
    this.#durationMs = Math.round(performance.now() - this.#start);
    await this.artifacts.finish();
    await this.#writer.end();
  }

  async #onFailure(error: unknown): Promise<void> {
    this.#state = 'failed';
    this.#writer.endOutput();
    await this.#writer.event({ type: 'failed', error: this.#toApiError(error) });
  }

  async #onExecutionEvent(event: ExecutionEvent): Promise<void> {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
        await this.#writer.output(event.type, event.phase, event.data);
        break;
      case 'stage':
        await this.#writer.event(event);
        break;
      case 'result':
        if (this.#kind === 'execute') this.#status = event.result.status;
        await this.#onResult(event.result);
        break;
      case 'artifact':
        // They stand in the result as well.
        break;
    }
  }

  async #onResult(result: ExecutionResult): Promise<void> {
    const { kept, omitted } = await this.artifacts.store(result.artifacts);
    this.#writer.endOutput();
    await this.#writer.event({ type: 'execution', result: resultInfo(result, kept, omitted) });
  }

  async #onGenerationEvent(event: GenerationEvent): Promise<void> {
    switch (event.type) {
      case 'execution':
        await this.#onExecutionEvent(event.event);
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
}

function attemptInfo({ number, code, language, status, error, durationMs }: GenerationAttempt): AttemptInfo {
  return { number, code, language, status, error, durationMs };
}
