import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { chmod, lstat, open, opendir } from 'node:fs/promises';
import type { Artifact, ExecutionLimits, OmittedArtifact, PlanFile } from '@cloche/core/executor';
import { pathProblem } from '@cloche/core/executor';

/** How many entries are looked at for each artifact that is allowed; a million empty files must not hold up a result. */
const ENTRIES_PER_ARTIFACT = 10;
const MINIMUM_ENTRIES = 10_000;
const MAXIMUM_OMISSIONS = 100;

export interface CollectedArtifacts {
  readonly artifacts: readonly Artifact[];
  readonly omitted: readonly OmittedArtifact[];
  /** Paths of given files that are no regular file any more. Empty where not every entry was looked at. */
  readonly removed: readonly string[];
}

/**
 * Reads what a program made or changed in its work directory. Links are never followed, devices, pipes and
 * sockets never opened. The caller makes sure that nothing in the directory changes any more.
 *
 * @param root the work directory, whose own path is trusted
 * @param given the files that were laid there before the program started
 */
export async function collectArtifacts(
  root: string,
  given: readonly PlanFile[],
  limits: Pick<ExecutionLimits, 'artifactBytes' | 'artifactCount'>,
): Promise<CollectedArtifacts> {
  const collector = new Collector(root, given, limits);
  await collector.walk([]);
  return { artifacts: collector.artifacts, omitted: collector.omitted, removed: collector.removed };
}

class Collector {
  readonly artifacts: Artifact[] = [];
  readonly omitted: OmittedArtifact[] = [];
  readonly #root: Buffer;
  readonly #given: ReadonlyMap<string, PlanFile>;
  readonly #unseen: Set<string>;
  readonly #countLimit: number;
  #entriesLeft: number;
  #bytesLeft: number;

  constructor(
    root: string,
    given: readonly PlanFile[],
    limits: Pick<ExecutionLimits, 'artifactBytes' | 'artifactCount'>,
  ) {
    this.#root = Buffer.from(root);
    this.#given = new Map(given.map((file) => [file.path, file]));
    this.#unseen = new Set(this.#given.keys());
    this.#countLimit = limits.artifactCount;
    this.#bytesLeft = limits.artifactBytes;
    this.#entriesLeft = Math.max(MINIMUM_ENTRIES, limits.artifactCount * ENTRIES_PER_ARTIFACT);
  }

  get removed(): readonly string[] {
    return this.#entriesLeft === 0 ? [] : [...this.#unseen];
  }

  async walk(parents: readonly Buffer[]): Promise<void> {
    const names: Buffer[] = [];
    // Names are bytes: a name that is no UTF-8 could not be found again by its decoded form.
    const directory = await opendir(this.#locate(parents), { encoding: 'buffer' as BufferEncoding });
    for await (const entry of directory) {
      if (this.#entriesLeft === 0) break;
      this.#entriesLeft -= 1;
      names.push(entry.name as unknown as Buffer);
    }
    names.sort((one, other) => Buffer.compare(one, other));
    for (const name of names) await this.#visit([...parents, name]);
  }

  async #visit(names: readonly Buffer[]): Promise<void> {
    const file = this.#locate(names);
    const status = await lstat(file);
    const { shown, isValid } = showPath(names);
    if (status.isDirectory()) {
      if (!isValid) return this.#omit(shown, 'invalid_name');
      if ((status.mode & 0o500) !== 0o500) await chmod(file, 0o700);
      return this.walk(names);
    }
    if (!status.isFile()) return this.#omit(shown, 'not_a_regular_file');
    if (!isValid) return this.#omit(shown, 'invalid_name');
    await this.#take(file, shown, status);
  }

  async #take(file: Buffer, shown: string, status: Stats): Promise<void> {
    const given = this.#given.get(shown);
    this.#unseen.delete(shown);
    if (given === undefined && this.artifacts.length >= this.#countLimit)
      return this.#omit(shown, 'too_many');
    if (given === undefined && status.size > this.#bytesLeft) return this.#omit(shown, 'too_large');
    if ((status.mode & 0o400) === 0) await chmod(file, 0o600);
    const content = await this.#read(file, Math.max(this.#bytesLeft, given?.content.length ?? 0));
    if (content !== null && given !== undefined && content.equals(given.content)) return;
    if (content === null || content.length > this.#bytesLeft) return this.#omit(shown, 'too_large');
    if (this.artifacts.length >= this.#countLimit) return this.#omit(shown, 'too_many');
    this.#bytesLeft -= content.length;
    this.artifacts.push({ path: shown, content, executable: (status.mode & 0o100) !== 0 });
  }

  /** Null when the file is longer than the limit. */
  async #read(file: Buffer, limitBytes: number): Promise<Buffer | null> {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = await handle.stat();
      if (size > limitBytes) return null;
      const content = Buffer.alloc(size);
      const { bytesRead } = await handle.read(content, 0, size, 0);
      return content.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  #omit(shown: string, reason: OmittedArtifact['reason']): void {
    if (this.omitted.length < MAXIMUM_OMISSIONS) this.omitted.push({ path: shown, reason });
  }

  #locate(names: readonly Buffer[]): Buffer {
    return Buffer.concat([this.#root, ...names.flatMap((name) => [Buffer.from('/'), name])]);
  }
}

function showPath(names: readonly Buffer[]): { readonly shown: string; readonly isValid: boolean } {
  const bytes = Buffer.concat(
    names.flatMap((name, index) => (index === 0 ? [name] : [Buffer.from('/'), name])),
  );
  const shown = bytes.toString('utf8');
  return { shown, isValid: Buffer.from(shown, 'utf8').equals(bytes) && pathProblem(shown) === null };
}
