import { mediaType, Spool } from '@cloche/core';
import type { ImageType, SpoolDirectory } from '@cloche/core';
import type { Artifact, OmittedArtifact } from '@cloche/core/executor';
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

/** The files that a run made, one behind the other in one spool: their names are the program's and name nothing here. */
export class ArtifactStore {
  readonly #spool: Spool;
  readonly #takeRoom: TakeRoom;
  readonly #byPath = new Map<string, StoredArtifact>();
  #omitted: readonly OmittedArtifact[] = [];

  constructor(directory: SpoolDirectory, takeRoom: TakeRoom) {
    this.#spool = new Spool(directory);
    this.#takeRoom = takeRoom;
  }

  get all(): readonly StoredArtifact[] {
    return [...this.#byPath.values()];
  }

  get omitted(): readonly OmittedArtifact[] {
    return this.#omitted;
  }

  get keptBytes(): number {
    return this.#spool.byteCount;
  }

  find(path: string): StoredArtifact | null {
    return this.#byPath.get(path) ?? null;
  }

  async store(artifacts: readonly Artifact[], omitted: readonly OmittedArtifact[]): Promise<void> {
    const leftOut: OmittedArtifact[] = [];
    for (const { path, content } of artifacts) {
      const stored = await this.#append(path, content);
      if (!stored) leftOut.push({ path, reason: 'too_large' });
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

  async #append(path: string, content: Uint8Array): Promise<boolean> {
    if (this.#takeRoom(content.length) < content.length) return false;
    const offset = this.#spool.byteCount;
    try {
      await this.#spool.append(content);
    } catch {
      return false;
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
    return true;
  }
}
