import type { ClocheError, Execution, ExecutionEvent, LanguageId, StageEvent } from '@cloche/core/executor';
import type { ArtifactStore } from './artifact-store.ts';
import { asRunFailure } from './as-run-failure.ts';
import type { RunNews } from './run-news.ts';
import type { RunOutcome } from './run-outcome.ts';
import { outcomeOf } from './run-outcome.ts';
import type { RunOutputOptions } from './run-output.ts';
import { RunOutput } from './run-output.ts';
import type { StreamLog } from './stream-log.ts';
import type { StreamName } from './stream-name.ts';

export type RunState = 'running' | 'ended' | 'failed';

export interface RunOptions extends RunOutputOptions {
  readonly id: string;
  readonly principal: string;
  /** Null: not known yet. */
  readonly language: LanguageId | null;
  /** Null: a run by itself. */
  readonly sessionId: string | null;
}

/** One program under way or done, with everything that it wrote. */
export class Run {
  readonly id: string;
  readonly principal: string;
  readonly sessionId: string | null;
  readonly startedAtMs: number = Date.now();
  readonly #options: RunOptions;
  readonly #output: RunOutput;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<(news: RunNews) => void>();
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
    this.#output = new RunOutput(options);
  }

  get language(): LanguageId | null {
    return this.#options.language;
  }

  /** Not to be kept by who waits: see {@link RunOutput.streams}. */
  get streams(): Readonly<Record<StreamName, StreamLog>> {
    return this.#output.streams;
  }

  get artifacts(): ArtifactStore {
    return this.#output.artifacts;
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

  /** Of its last program; null while that runs, and where the platform failed. */
  get outcome(): RunOutcome | null {
    return this.#outcome;
  }

  /** What the platform said in place of a result; null: it did not fail. */
  get failure(): ClocheError | null {
    return this.#failure;
  }

  /** The last that was heard of; null: none yet. */
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
    return this.#output.keptBytes;
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

  remove(): Promise<void> {
    return this.#output.remove();
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
    await this.#output.finish();
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
    this.#outcome = null;
    this.#stage = null;
    await this.#output.beginProgram();
  }

  /** From here on `code` is another program. */
  protected beginCode(): Promise<void> {
    return this.#output.beginCode();
  }
}
