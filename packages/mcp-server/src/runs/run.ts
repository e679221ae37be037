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

/** `compile` is what compiler and installer wrote, both their streams together. */
export const STREAM_NAMES = ['stdout', 'stderr', 'compile'] as const;
export type StreamName = (typeof STREAM_NAMES)[number];

export type RunState = 'running' | 'ended' | 'failed';

export interface RunOptions {
  readonly id: string;
  readonly principal: string;
  readonly language: LanguageId;
  /** Null: a run by itself. */
  readonly sessionId: string | null;
  readonly directory: SpoolDirectory;
  readonly takeOutputRoom: TakeRoom;
  readonly takeArtifactRoom: TakeRoom;
  readonly logger: Logger;
}

/** What a run says while it goes on. */
export type RunNews = StageEvent | OutputEvent;

/** One program under way or done, with everything that it wrote. */
export class Run {
  readonly id: string;
  readonly principal: string;
  readonly language: LanguageId;
  readonly sessionId: string | null;
  readonly startedAtMs: number = Date.now();
  readonly streams: Readonly<Record<StreamName, StreamLog>>;
  readonly artifacts: ArtifactStore;
  readonly #logger: Logger;
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
    this.language = options.language;
    this.sessionId = options.sessionId;
    this.#logger = options.logger;
    const { directory, takeOutputRoom } = options;
    this.streams = {
      stdout: new StreamLog(directory, takeOutputRoom),
      stderr: new StreamLog(directory, takeOutputRoom),
      compile: new StreamLog(directory, takeOutputRoom),
    };
    this.artifacts = new ArtifactStore(directory, options.takeArtifactRoom);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get state(): RunState {
    if (this.#endedAtMs === null) return 'running';
    return this.#failure === null ? 'ended' : 'failed';
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

  get endedAtMs(): number | null {
    return this.#endedAtMs;
  }

  get keptBytes(): number {
    const { stdout, stderr, compile } = this.streams;
    return stdout.keptBytes + stderr.keptBytes + compile.keptBytes + this.artifacts.keptBytes;
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
  async follow(execution: Execution): Promise<void> {
    try {
      for await (const event of execution) await this.#take(event);
    } catch (error) {
      this.#failure = asRunFailure(error);
    }
    await Promise.all(Object.values(this.streams).map((stream) => stream.finish()));
    this.#endedAtMs = Date.now();
  }

  async remove(): Promise<void> {
    await Promise.all([...Object.values(this.streams), this.artifacts].map((part) => part.remove()));
  }

  async #take(event: ExecutionEvent): Promise<void> {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
        await this.#append(event);
        this.#tell(event);
        break;
      case 'stage':
        this.#stage = event;
        this.#tell(event);
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

  async #append({ type, phase, data }: OutputEvent): Promise<void> {
    const stream = this.streams[phase === 'run' ? type : 'compile'];
    try {
      await stream.append(data);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      this.#logger.warn('output of a run could not be kept', { run: this.id, code });
    }
  }

  #tell(news: RunNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
