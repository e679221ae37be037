import type { SpoolDirectory } from '@cloche/core';
import type { Logger } from '@cloche/core/executor';
import { ArtifactStore } from './artifact-store.ts';
import type { TakeRoom } from './stream-log.ts';
import { StreamLog } from './stream-log.ts';
import type { OutputStreamName, StreamName } from './stream-name.ts';

export interface RunOutputOptions {
  readonly directory: SpoolDirectory;
  readonly takeOutputRoom: TakeRoom;
  readonly takeArtifactRoom: TakeRoom;
  readonly logger: Logger;
}

/** Everything that a run wrote: the streams and files of its last program, and what it replaced. */
export class RunOutput {
  readonly #options: RunOutputOptions;
  #streams: Readonly<Record<StreamName, StreamLog>>;
  #artifacts: ArtifactStore;
  /** Of programs before the last one: kept as long as the run, since somebody may be reading. */
  #replaced: readonly (StreamLog | ArtifactStore)[] = [];

  constructor(options: RunOutputOptions) {
    this.#options = options;
    this.#streams = { ...this.#emptyStreams(), code: this.#emptyLog() };
    this.#artifacts = this.#emptyStore();
  }

  /** Those of the last program: a run that begins another one has others from then on. */
  get streams(): Readonly<Record<StreamName, StreamLog>> {
    return this.#streams;
  }

  get artifacts(): ArtifactStore {
    return this.#artifacts;
  }

  get keptBytes(): number {
    return this.#parts().reduce((sum, part) => sum + part.keptBytes, 0);
  }

  /** From here on streams and files are another program's. */
  async beginProgram(): Promise<void> {
    const { code, ...streams } = this.#streams;
    this.#streams = { ...this.#emptyStreams(), code };
    const artifacts = this.#artifacts;
    this.#artifacts = this.#emptyStore();
    this.#replaced = [...this.#replaced, artifacts];
    await this.#replace(Object.values(streams));
  }

  /** From here on `code` is another program. */
  async beginCode(): Promise<void> {
    const { code } = this.#streams;
    this.#streams = { ...this.#streams, code: this.#emptyLog() };
    await this.#replace([code]);
  }

  /** After the last byte. */
  async finish(): Promise<void> {
    await Promise.all(Object.values(this.#streams).map((stream) => stream.finish()));
  }

  async remove(): Promise<void> {
    await Promise.all(this.#parts().map((part) => part.remove()));
  }

  async #replace(logs: readonly StreamLog[]): Promise<void> {
    this.#replaced = [...this.#replaced, ...logs.filter(({ byteCount }) => byteCount > 0)];
    await Promise.all(logs.map((log) => log.finish()));
  }

  #parts(): readonly (StreamLog | ArtifactStore)[] {
    return [...Object.values(this.#streams), this.#artifacts, ...this.#replaced];
  }

  #emptyStreams(): Record<OutputStreamName, StreamLog> {
    return { stdout: this.#emptyLog(), stderr: this.#emptyLog(), compile: this.#emptyLog() };
  }

  #emptyLog(): StreamLog {
    return new StreamLog(this.#options.directory, this.#options.takeOutputRoom);
  }

  #emptyStore(): ArtifactStore {
    const { directory, takeArtifactRoom, logger } = this.#options;
    return new ArtifactStore(directory, takeArtifactRoom, logger);
  }
}
