import type { SpoolDirectory } from '@cloche/core';
import type {
  ClocheError,
  Execution,
  ExecutionEvent,
  LanguageId,
  Logger,
  OutputEvent,
  StageEvent,
} from '@cloche/core/executor';
import { ArtifactStore } from './artifact-store.ts';
import { asRunFailure } from './as-run-failure.ts';
import type { RunOutcome } from './run-outcome.ts';
import { outcomeOf } from './run-outcome.ts';
import type { TakeRoom } from './stream-log.ts';
import { StreamLog } from './stream-log.ts';

/** `compile` is what compiler and installer wrote, both their streams together; `code` the program of a generation. */
export const STREAM_NAMES = ['stdout', 'stderr', 'compile', 'code'] as const;
export type StreamName = (typeof STREAM_NAMES)[number];
/** What programs write. */
export type OutputStreamName = Exclude<StreamName, 'code'>;

export type RunState = 'running' | 'ended' | 'failed';

export interface RunOptions {
  readonly id: string;
  readonly principal: string;
  /** Null: not known yet. */
  readonly language: LanguageId | null;
  /** Null: a run by itself. */
  readonly sessionId: string | null;
  readonly directory: SpoolDirectory;
  readonly takeOutputRoom: TakeRoom;
  readonly takeArtifactRoom: TakeRoom;
  readonly logger: Logger;
}

/** A line about what goes on, for people. */
export interface NoteEvent {
  readonly type: 'note';
  readonly text: string;
}

/** What a run says while it goes on. */
export type RunNews = StageEvent | OutputEvent | NoteEvent;

/** One program under way or done, with everything that it wrote. */
export class Run {
  readonly id: string;
  readonly principal: string;
  readonly sessionId: string | null;
  readonly startedAtMs: number = Date.now();
  readonly #options: RunOptions;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<(news: RunNews) => void>();
  #streams: Readonly<Record<StreamName, StreamLog>>;
  #artifacts: ArtifactStore;
  /** Of programs before the last one: kept as long as the run, since somebody may be reading. */
  #replaced: readonly (StreamLog | ArtifactStore)[] = [];
  #stage: StageEvent | null = null;
  #outcome: RunOutcome | null = null;
  #failure: ClocheError | null = null;
  #endedAtMs: number | null = null;
  #users = 0;

  constructor(options: RunOptions) {
    this.id = options.id;
    this.principal = options.principal;
    this.sessionId = options.sessionId;
    this.#options = options;
    this.#streams = { ...this.#emptyOutput(), code: this.#emptyLog() };
    this.#artifacts = this.#emptyStore();
  }

  get language(): LanguageId | null {
    return this.#options.language;
  }

  get streams(): Readonly<Record<StreamName, StreamLog>> {
    return this.#streams;
  }

  get artifacts(): ArtifactStore {
    return this.#artifacts;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get state(): RunState {
    if (this.#endedAtMs === null) return 'running';
    return this.#failure === null ? 'ended' : 'failed';
  }

  /** One word: `running`, what the end was, or the code of the platform's failure. */
  get status(): string {
    if (this.#failure !== null) return this.#failure.code;
    return this.#endedAtMs === null ? 'running' : (this.#outcome?.status ?? 'failed');
  }

  /** Null while it runs, and where the platform failed. */
  get outcome(): RunOutcome | null {
    return this.#outcome;
  }

  /** What the platform said in place of a result. */
  get failure(): ClocheError | null {
    return this.#failure;
  }

  /** The last that was heard of. */
  get stage(): StageEvent | null {
    return this.#stage;
  }

  /** What it does beside running, for people; null: nothing. */
  get note(): string | null {
    return null;
  }

  get endedAtMs(): number | null {
    return this.#endedAtMs;
  }

  get keptBytes(): number {
    return this.#parts().reduce((sum, part) => sum + part.keptBytes, 0);
  }

  /** Somebody reads it, so it must not be forgotten now. */
  get isInUse(): boolean {
    return this.#users > 0;
  }

  /** @returns gives it back; once */
  use(): () => void {
    this.#users += 1;
    return () => {
      this.#users -= 1;
    };
  }

  /** @returns stops it */
  listen(listener: (news: RunNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Kills the program and all its processes. Without effect after the end. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Takes in everything that the execution says. Never rejects; once, and before control returns to the event loop. */
  follow(execution: Execution): Promise<void> {
    return this.followEach(execution, (event) => this.takeExecution(event));
  }

  async remove(): Promise<void> {
    await Promise.all(this.#parts().map((part) => part.remove()));
  }

  protected async followEach<Event>(
    events: AsyncIterable<Event>,
    take: (event: Event) => Promise<void>,
  ): Promise<void> {
    try {
      for await (const event of events) await take(event);
    } catch (error) {
      this.#failure = asRunFailure(error);
    }
    await Promise.all(Object.values(this.streams).map((stream) => stream.finish()));
    this.#endedAtMs = Date.now();
  }

  protected async takeExecution(event: ExecutionEvent): Promise<void> {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
        await this.append(event.phase === 'run' ? event.type : 'compile', event.data);
        this.tell(event);
        break;
      case 'stage':
        this.#stage = event;
        this.tell(event);
        break;
      case 'result':
        await this.artifacts.store(event.result.artifacts, event.result.omittedArtifacts);
        this.#outcome = outcomeOf(event.result);
        break;
      case 'artifact':
        // They stand in the result as well.
        break;
    }
  }

  protected async append(name: StreamName, data: Uint8Array): Promise<void> {
    try {
      await this.streams[name].append(data);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      this.#options.logger.warn('output of a run could not be kept', { run: this.id, code });
    }
  }

  protected tell(news: RunNews): void {
    for (const listener of this.#listeners) listener(news);
  }

  /** From here on the output is another program's. */
  protected async beginOutput(): Promise<void> {
    const { code, ...output } = this.#streams;
    this.#streams = { ...this.#emptyOutput(), code };
    const artifacts = this.#artifacts;
    this.#artifacts = this.#emptyStore();
    this.#outcome = null;
    this.#stage = null;
    await this.#replace(Object.values(output));
    this.#replaced = [...this.#replaced, artifacts];
  }

  /** From here on `code` is another program. */
  protected async beginCode(): Promise<void> {
    const { code } = this.#streams;
    this.#streams = { ...this.#streams, code: this.#emptyLog() };
    await this.#replace([code]);
  }

  async #replace(logs: readonly StreamLog[]): Promise<void> {
    this.#replaced = [...this.#replaced, ...logs.filter(({ byteCount }) => byteCount > 0)];
    await Promise.all(logs.map((log) => log.finish()));
  }

  #parts(): readonly (StreamLog | ArtifactStore)[] {
    return [...Object.values(this.#streams), this.#artifacts, ...this.#replaced];
  }

  #emptyOutput(): Record<OutputStreamName, StreamLog> {
    return { stdout: this.#emptyLog(), stderr: this.#emptyLog(), compile: this.#emptyLog() };
  }

  #emptyLog(): StreamLog {
    return new StreamLog(this.#options.directory, this.#options.takeOutputRoom);
  }

  #emptyStore(): ArtifactStore {
    return new ArtifactStore(this.#options.directory, this.#options.takeArtifactRoom);
  }
}
