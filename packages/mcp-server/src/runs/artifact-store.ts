import { mediaType, Spool } from '@cloche/core';
import type { ImageType, SpoolDirectory } from '@cloche/core';
import type { Artifact, Logger, OmittedArtifact } from '@cloche/core/executor';
import { showableImage } from './showable-image.ts';
import type { TakeRoom } from './stream-log.ts';

export interface StoredArtifact {
  readonly path: string;
  readonly byteCount: number;
  readonly mediaType: string;
  readonly isText: boolean;
  /** Null for anything but an image that clients can show. */
  readonly imageType: ImageType | null;
  /** In the store. */
  readonly offset: number;
}

/** A file that a run made and that cannot be had; `not_kept`: this server could not store it. */
export interface UnkeptArtifact {
  readonly path: string;
  readonly reason: OmittedArtifact['reason'] | 'not_kept';
}

/** The files that a run made, one behind the other in one spool: their names are the program's and name nothing here. */
export class ArtifactStore {
  readonly #spool: Spool;
  readonly #takeRoom: TakeRoom;
  readonly #logger: Logger;
  readonly #byPath = new Map<string, StoredArtifact>();
  #omitted: readonly UnkeptArtifact[] = [];

  constructor(directory: SpoolDirectory, takeRoom: TakeRoom, logger: Logger) {
    this.#spool = new Spool(directory);
    this.#takeRoom = takeRoom;
    this.#logger = logger;
  }

  get all(): readonly StoredArtifact[] {
    return [...this.#byPath.values()];
  }

  get omitted(): readonly UnkeptArtifact[] {
    return this.#omitted;
  }

  get keptBytes(): number {
    return this.#spool.byteCount;
  }

  find(path: string): StoredArtifact | null {
    return this.#byPath.get(path) ?? null;
  }

  async store(artifacts: readonly Artifact[], omitted: readonly OmittedArtifact[]): Promise<void> {
    const leftOut: UnkeptArtifact[] = [];
    for (const artifact of artifacts) {
      const reason = await this.#append(artifact);
      if (reason !== null) leftOut.push({ path: artifact.path, reason });
    }
    this.#omitted = [...omitted, ...leftOut];
    await this.#spool.finish();
  }

  read(artifact: StoredArtifact, offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(artifact.byteCount, offset + length);
    return this.#spool.read(artifact.offset + offset, Math.max(0, end - offset));
  }

  remove(): Promise<void> {
    return this.#spool.remove();
  }

  /** @returns why it could not be stored; null: it was */
  async #append({ path, content }: Artifact): Promise<UnkeptArtifact['reason'] | null> {
    if (this.#takeRoom(content.length) < content.length) return 'too_large';
    const offset = this.#spool.byteCount;
    try {
      await this.#spool.append(content);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      this.#logger.warn('a file of a run could not be kept', { code });
      return 'not_kept';
    }
    const { type, isText } = mediaType(path, content);
    this.#byPath.set(path, {
      path,
      byteCount: content.length,
      mediaType: type,
      isText,
      imageType: showableImage(content),
      offset,
    });
    return null;
  }
}
