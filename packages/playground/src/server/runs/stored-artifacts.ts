import { mediaType, Spool } from '@cloche/core';
import type { SpoolDirectory } from '@cloche/core';
import type { Artifact } from '@cloche/core/executor';
import type { ArtifactInfo, OmittedArtifactInfo } from '../../api/run-event.ts';

interface StoredArtifact extends ArtifactInfo {
  /** In the spool. */
  readonly offset: number;
}

export interface StoredArtifactsOptions {
  readonly directory: SpoolDirectory;
  /** Whether so many bytes more may be kept; they count from then on. */
  readonly roomFor: (bytes: number) => boolean;
  /** The disk does not take a file. */
  readonly onFailure: (error: unknown) => void;
}

/** The files that the programs of a run wrote, one behind the other in one spool: their names name nothing here. */
export class StoredArtifacts {
  readonly #spool: Spool;
  readonly #options: StoredArtifactsOptions;
  readonly #byPath = new Map<string, StoredArtifact>();

  constructor(options: StoredArtifactsOptions) {
    this.#spool = new Spool(options.directory);
    this.#options = options;
  }

  get byteCount(): number {
    return this.#spool.byteCount;
  }

  /** Keeps what there is room for; a later file takes the place of an earlier one of its name. */
  async store(
    artifacts: readonly Artifact[],
  ): Promise<{ readonly kept: readonly ArtifactInfo[]; readonly omitted: readonly OmittedArtifactInfo[] }> {
    const kept: ArtifactInfo[] = [];
    const omitted: OmittedArtifactInfo[] = [];
    for (const { path, content } of artifacts) {
      const offset = this.#spool.byteCount;
      if (!this.#options.roomFor(content.length)) {
        omitted.push({ path, reason: 'too_large' });
        continue;
      }
      if (!(await this.#append(content))) {
        omitted.push({ path, reason: 'not_stored' });
        continue;
      }
      const info = { path, byteCount: content.length, mediaType: mediaType(path, content).type };
      this.#byPath.set(path, { ...info, offset });
      kept.push(info);
    }
    return { kept, omitted };
  }

  /** Null where there is none of this name. */
  find(path: string): ArtifactInfo | null {
    return this.#byPath.get(path) ?? null;
  }

  read(path: string, offset: number, length: number): Promise<Uint8Array> {
    const artifact = this.#byPath.get(path);
    const left = Math.max(0, (artifact?.byteCount ?? 0) - offset);
    return this.#spool.read((artifact?.offset ?? 0) + offset, Math.min(length, left));
  }

  finish(): Promise<void> {
    return this.#spool.finish();
  }

  remove(): Promise<void> {
    return this.#spool.remove();
  }

  async #append(content: Uint8Array): Promise<boolean> {
    try {
      await this.#spool.append(content);
      return true;
    } catch (error) {
      this.#options.onFailure(error);
      return false;
    }
  }
}
