import type { Generation, SpoolDirectory } from '@cloche/core';
import type { Execution, LanguageId, Logger } from '@cloche/core/executor';
import type { ApiError, RunRecord, RunRequest, RunState, RunSummary } from '../../api/runs.ts';
import { logDefect, systemCode } from '../log-defect.ts';
import type { PlaygroundLimits } from '../playground-limits.ts';
import { EventJournal } from './event-journal.ts';
import { EventTranslation } from './event-translation.ts';
import { EventWriter } from './event-writer.ts';
import { runTitle } from './run-title.ts';
import { StoredArtifacts } from './stored-artifacts.ts';
import type { StoredRecord } from './stored-record.ts';

export interface PlaygroundRunOptions {
  readonly id: string;
  readonly request: RunRequest;
  /** That it can be read is its maker's to see to. */
  readonly record: StoredRecord;
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
  readonly #record: StoredRecord;
  readonly #language: LanguageId | null;
  readonly #writer: EventWriter;
  readonly #translation: EventTranslation;
  readonly #toApiError: PlaygroundRunOptions['toApiError'];
  readonly #logger: Logger;
  readonly #abort = new AbortController();
  readonly #startedAtMs = Date.now();
  readonly #start = performance.now();
  #state: RunState = 'running';
  #durationMs: number | null = null;

  constructor(options: PlaygroundRunOptions) {
    const { id, request, directory, limits, makeRoom, logger } = options;
    this.id = id;
    this.#kind = request.kind;
    this.#title = runTitle(request);
    this.#language = request.language;
    this.#toApiError = options.toApiError;
    this.#logger = logger;
    this.#record = options.record;
    this.journal = new EventJournal(directory);
    let artifactBytes = limits.artifactBytes;
    this.artifacts = new StoredArtifacts({
      directory,
      roomFor: (bytes) => {
        if (bytes > artifactBytes || !makeRoom(bytes)) return false;
        artifactBytes -= bytes;
        return true;
      },
      onFailure: (error) => this.#warnNotKept('a file of a run', error),
    });
    this.#writer = new EventWriter({
      journal: this.journal,
      batchIntervalMs: limits.batchIntervalMs,
      batchBytes: limits.batchBytes,
      hasRoom: () => this.journal.byteCount < limits.journalBytes && makeRoom(limits.batchBytes),
      onFailure: (error) => this.#warnNotKept('output of a run', error),
    });
    this.#translation = new EventTranslation(this.#writer, this.artifacts);
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
      // What failed has none, nor has what goes on: of a generation, several programs end.
      status: this.#state === 'ended' ? this.#translation.status : null,
      language: this.#translation.language ?? this.#language,
      title: this.#title,
      startedAt: this.#startedAtMs,
      durationMs: this.#durationMs,
    };
  }

  /** @throws where the disk did not take it, or does not give it back */
  async record(): Promise<RunRecord> {
    const { request, copies } = await this.#record.read();
    return { ...this.summary(), request, copies };
  }

  /** Kills its program, or ends its generation. Without effect after the end. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Takes in everything that happens. Never rejects; once, and before control returns to the event loop. */
  async follow(source: RunSource): Promise<void> {
    try {
      if (source.kind === 'execution') {
        for await (const event of source.execution) await this.#translation.takeExecutionEvent(event);
      } else {
        for await (const event of source.generation) await this.#translation.takeGenerationEvent(event);
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
    try {
      await this.artifacts.finish();
    } catch (error) {
      this.#warnNotKept('files of a run', error);
    }
    await this.#writer.end();
  }

  async #onFailure(error: unknown): Promise<void> {
    this.#state = 'failed';
    logDefect(this.#logger, 'a run failed inside the server', error, { run: this.id });
    this.#writer.endOutput();
    await this.#writer.event({ type: 'failed', error: this.#toApiError(error) });
  }

  #warnNotKept(what: string, error: unknown): void {
    this.#logger.warn(`${what} could not be kept`, { run: this.id, code: systemCode(error) });
  }
}
