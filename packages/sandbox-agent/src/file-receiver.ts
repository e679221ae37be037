import type { OmittedArtifact } from '@cloche/core/executor';
import { pathProblem } from '@cloche/core/executor';
import type { Extract, extract, Header } from 'tar-stream';
import type { SandboxFile } from './sandbox-file.ts';

/** How many entries are looked at for each file that is allowed; a million empty files must not hold up a result. */
const ENTRIES_PER_FILE = 10;
const MINIMUM_ENTRIES = 10_000;
const MAXIMUM_OMISSIONS = 100;
/** What the agent gives to a file that it has emptied because it was too large. */
const TOO_LARGE_MODE = 0o7000;
const BLOCK_BYTES = 512;
/** Two empty blocks end an archive; one that was cut off between two files has none. */
const END_MARK_BYTES = 2 * BLOCK_BYTES;
/** Headers, and files that are read only to be told from those that were given. */
const OVERHEAD_FACTOR = 4;

export interface FileLimits {
  readonly bytes: number;
  readonly count: number;
  /** What all files together may have where they lie, bytes. */
  readonly scratchBytes: number;
}

export interface ReceivedFiles {
  readonly files: readonly SandboxFile[];
  readonly omitted: readonly OmittedArtifact[];
  /** Whether every entry was looked at up to the archive's own end, and each that was left out is named. */
  readonly isComplete: boolean;
  /** Of the files that were there before: those that are no regular file any more. Empty where nothing came back. */
  readonly removed: readonly SandboxFile[];
}

/** The position of the first byte after its header stands in no type of the package. */
type PlacedHeader = Header & { readonly byteOffset?: number };

/** Names are bytes: one that is no UTF-8 must be seen as such. The option stands in no type of the package. */
const BYTE_NAMES = { filenameEncoding: 'latin1' } as Parameters<typeof extract>[0];

type OmissionReason = OmittedArtifact['reason'];

/**
 * Reads the tar stream in which a container's files come back. Its writer is not trusted: names are checked, links
 * are never followed (a hard link is a second name for a file of the same stream), devices, pipes and sockets are
 * named and left, and counts and sizes end the reading.
 */
export class FileReceiver {
  readonly #given: ReadonlyMap<string, SandboxFile>;
  /** Of those: what the archive has not told yet. */
  readonly #untold: Map<string, SandboxFile>;
  readonly #limits: FileLimits;
  readonly #files: SandboxFile[] = [];
  readonly #omitted: OmittedArtifact[] = [];
  /** Of every regular file of the stream that was read, for its further names. */
  readonly #contents = new Map<string, { readonly content: Buffer; readonly executable: boolean }>();
  #entriesLeft: number;
  #bytesLeft: number;
  #streamBytesLeft: number;
  #archive: Promise<Extract>;
  #isOver = false;
  #isComplete = true;
  #pushedBytes = 0;
  /** Where the last entry that was begun ends. */
  #entriesEndBytes = 0;
  #written: Promise<void> = Promise.resolve();

  /** @param given the files that were there before; unchanged they do not come back */
  constructor(given: readonly SandboxFile[], limits: FileLimits) {
    this.#given = new Map(given.map((file) => [`${file.directory}/${file.path}`, file]));
    this.#untold = new Map(this.#given);
    this.#limits = limits;
    this.#bytesLeft = limits.bytes;
    this.#entriesLeft = Math.max(MINIMUM_ENTRIES, limits.count * ENTRIES_PER_FILE);
    this.#streamBytesLeft = OVERHEAD_FACTOR * (limits.scratchBytes + limits.bytes);
    this.#archive = this.#open();
    // Its failure is a stream that makes no sense; what was read before it stays.
    this.#archive.catch(() => undefined);
  }

  /** False: enough was read, and the rest of the stream is of no account. */
  push(chunk: Buffer): boolean {
    this.#streamBytesLeft -= chunk.length;
    if (this.#isOver || this.#streamBytesLeft < 0) {
      this.#stop();
      return false;
    }
    this.#pushedBytes += chunk.length;
    this.#written = this.#written.then(async () => {
      const archive = await this.#archive;
      if (archive.destroyed) return;
      if (!archive.write(chunk)) await firstOf(archive, ['drain', 'close']);
    });
    return true;
  }

  /** What was read, once everything that was pushed has been looked at. */
  async finish(): Promise<ReceivedFiles> {
    await this.#written;
    const archive = await this.#archive;
    if (!archive.destroyed) {
      // The last entries are looked at only now; where the stream was cut off, that ends with its error.
      const closed = firstOf(archive, ['close']);
      archive.end(null);
      await closed;
    }
    const isComplete = this.#isComplete && this.#hasEnded;
    const removed = isComplete && this.#pushedBytes > 0 ? [...this.#untold.values()] : [];
    return { files: this.#files, omitted: this.#omitted, isComplete, removed };
  }

  get #hasEnded(): boolean {
    return this.#pushedBytes === 0 || this.#pushedBytes >= this.#entriesEndBytes + END_MARK_BYTES;
  }

  /** What comes from now on is not looked at. */
  #stop(): void {
    this.#isOver = true;
    this.#isComplete = false;
  }

  async #open(): Promise<Extract> {
    const { extract: createExtract } = await import('tar-stream');
    const archive = createExtract(BYTE_NAMES);
    archive.on('error', () => this.#stop());
    archive.on('entry', (header: PlacedHeader, stream, next) => {
      const blocks = header.type === 'directory' ? 0 : Math.ceil((header.size ?? 0) / BLOCK_BYTES);
      this.#entriesEndBytes = (header.byteOffset ?? 0) + blocks * BLOCK_BYTES;
      const chunks: Buffer[] = [];
      const isWanted = this.#isWanted(header);
      stream.on('data', (chunk) => {
        if (isWanted) chunks.push(chunk as Buffer);
      });
      // A stream that is cut off within a file fails here too; without a listener that would end the process.
      stream.on('error', () => undefined);
      stream.on('end', () => {
        this.#take(header, isWanted ? Buffer.concat(chunks) : null);
        next();
      });
      stream.resume();
    });
    return archive;
  }

  #isWanted({ name, type, size }: Header): boolean {
    if (type !== 'file') return false;
    const given = this.#given.get(decode(name).text);
    return (size ?? 0) <= Math.max(this.#bytesLeft, given?.content.length ?? 0);
  }

  #take(header: Header, content: Buffer | null): void {
    if (this.#isOver) return;
    if (this.#entriesLeft === 0) return this.#stop();
    this.#entriesLeft -= 1;
    const { text, isValid } = decode(header.name);
    const place = splitPlace(text);
    // The work directory itself, or what a program has put in its place.
    if (place.path === '') return;
    if (header.type === 'directory') {
      if (!isValid) this.#omit(place.path, 'invalid_name');
      return;
    }
    if (header.type !== 'file' && header.type !== 'link') return this.#omit(place.path, 'not_a_regular_file');
    if (place.directory === null || !isValid || pathProblem(place.path) !== null) {
      return this.#omit(place.path, 'invalid_name');
    }
    this.#untold.delete(text);
    const mode = header.mode ?? 0;
    if (header.size === 0 && (mode & TOO_LARGE_MODE) === TOO_LARGE_MODE)
      return this.#omit(place.path, 'too_large');
    const file =
      header.type === 'file'
        ? content === null
          ? null
          : { content, executable: (mode & 0o100) !== 0 }
        : (this.#contents.get(decode(header.linkname ?? '').text) ?? null);
    if (file === null) return this.#omit(place.path, 'too_large');
    this.#contents.set(text, file);
    this.#keep({ directory: place.directory, path: place.path, ...file });
  }

  #keep(file: SandboxFile & { readonly content: Uint8Array }): void {
    const given = this.#given.get(`${file.directory}/${file.path}`);
    if (given !== undefined && Buffer.from(file.content).equals(given.content)) return;
    if (this.#files.length >= this.#limits.count) return this.#omit(file.path, 'too_many');
    if (file.content.length > this.#bytesLeft) return this.#omit(file.path, 'too_large');
    this.#bytesLeft -= file.content.length;
    this.#files.push(file);
  }

  #omit(path: string, reason: OmissionReason): void {
    if (this.#omitted.length < MAXIMUM_OMISSIONS) this.#omitted.push({ path, reason });
    else this.#isComplete = false;
  }
}

function firstOf(archive: Extract, events: readonly ('drain' | 'close')[]): Promise<void> {
  return new Promise((resolve) => {
    const onEvent = (): void => {
      for (const event of events) archive.off(event, onEvent);
      resolve();
    };
    for (const event of events) archive.on(event, onEvent);
  });
}

function decode(name: string): { readonly text: string; readonly isValid: boolean } {
  const bytes = Buffer.from(name, 'latin1');
  const text = bytes.toString('utf8');
  return { text, isValid: Buffer.from(text, 'utf8').equals(bytes) };
}

function splitPlace(text: string): {
  readonly directory: SandboxFile['directory'] | null;
  readonly path: string;
} {
  const name = text.replace(/\/$/u, '');
  const end = name.indexOf('/');
  const first = end < 0 ? name : name.slice(0, end);
  const directory = first === 'work' || first === 'build' ? first : null;
  return { directory, path: end < 0 ? (directory === null ? name : '') : name.slice(end + 1) };
}
