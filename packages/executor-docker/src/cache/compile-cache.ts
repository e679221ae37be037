import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutionPlan, ExecutorHost } from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';
import { decodeFiles, encodeFiles } from './file-bundle.ts';

/** What the cache takes of the disk at the most; the least recently used goes first. */
const LIMIT_BYTES = 512 * 1024 * 1024;
/** Kept in this process as well, so that a program that is run again and again is not read again and again. */
const REMEMBERED_BYTES = 64 * 1024 * 1024;
/** Entries that were made to other rules have other keys. 2: what a compiler printed is in them whole. */
const FORMAT = '2';
const TEMPORARY_NAME_BYTES = 8;
/** Not after every compilation: a look at all entries takes longer than most of them save. */
const TRIM_EVERY = 16;

/**
 * What compilers made, by everything that they made it of. An entry is written before the program starts, by the
 * host alone, into a directory that no container sees; what a compiler was talked into by one program's text can
 * only reach that same program of that same principal.
 */
export class CompileCache {
  readonly #host: ExecutorHost;
  /** Least recently used first. */
  readonly #remembered = new Map<string, readonly SandboxFile[]>();
  #stored = 0;

  constructor(host: ExecutorHost) {
    this.#host = host;
  }

  /** @param toolchain what compiled it: the image's content and the runtime around it */
  keyOf(plan: ExecutionPlan, argv: readonly string[], toolchain: readonly string[]): string {
    const hash = createHash('sha256');
    const add = (part: string | Uint8Array): void => {
      // With its length before it, no two lists of parts make the same bytes.
      hash.update(`${typeof part === 'string' ? Buffer.byteLength(part) : part.length}:`).update(part);
    };
    for (const part of [FORMAT, plan.principal, ...toolchain]) add(part);
    add(String(argv.length));
    for (const word of argv) add(word);
    const variables = Object.entries(plan.environment).map(([name, value]) => `${name}=${value}`);
    for (const variable of variables.toSorted((one, other) => (one < other ? -1 : 1))) add(variable);
    for (const { path: file, content, executable } of plan.files.toSorted(byPath)) {
      add(file);
      add(String(executable));
      add(content);
    }
    return hash.digest('hex');
  }

  /** Null where nothing is stored for it, or what is stored is damaged or cannot be read. */
  async find(key: string): Promise<readonly SandboxFile[] | null> {
    const remembered = this.#remembered.get(key);
    if (remembered !== undefined) {
      this.#remember(key, remembered);
      return remembered;
    }
    try {
      const files = await readEntry(path.join(await this.#directory(), key));
      if (files !== null) this.#remember(key, files);
      return files;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.#host.logger.debug('what a compiler made before could not be read', { reason: String(error) });
      }
      return null;
    }
  }

  /** A cache that cannot be written costs time and nothing else. */
  async store(key: string, files: readonly SandboxFile[]): Promise<void> {
    this.#remember(key, files);
    try {
      const directory = await this.#directory();
      await writeWhole(path.join(directory, key), encodeFiles(files));
      this.#stored += 1;
      if (this.#stored % TRIM_EVERY === 1) await this.#trim(directory);
    } catch (error) {
      this.#host.logger.debug('what a compiler made could not be kept', { reason: String(error) });
    }
  }

  #remember(key: string, files: readonly SandboxFile[]): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, files);
    let bytes = 0;
    for (const [name, kept] of [...this.#remembered].toReversed()) {
      bytes += kept.reduce((sum, { content }) => sum + content.length, 0);
      if (bytes > REMEMBERED_BYTES) this.#remembered.delete(name);
    }
  }

  async #trim(directory: string): Promise<void> {
    const entries = await Promise.all(
      (await readdir(directory)).map(async (name) => {
        const file = path.join(directory, name);
        const status = await stat(file).catch(() => null);
        return status === null ? null : { file, bytes: status.size, usedAtMs: status.mtimeMs };
      }),
    );
    let total = 0;
    for (const entry of entries
      .filter((one) => one !== null)
      .toSorted((one, other) => other.usedAtMs - one.usedAtMs)) {
      total += entry.bytes;
      if (total > LIMIT_BYTES) await rm(entry.file, { force: true });
    }
  }

  #directory(): Promise<string> {
    return this.#host.privateDirectory('cache', 'docker-compiled');
  }
}

async function readEntry(file: string): Promise<readonly SandboxFile[] | null> {
  const files = decodeFiles(await readFile(file));
  if (files === null) {
    await rm(file, { force: true });
    return null;
  }
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
  return files;
}

/** Whoever reads it meanwhile finds either nothing or all of it. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const temporary = `${file}.${randomBytes(TEMPORARY_NAME_BYTES).toString('hex')}.new`;
  try {
    await writeFile(temporary, bytes, { mode: 0o600 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}
