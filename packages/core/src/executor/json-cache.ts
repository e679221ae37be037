import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutorHost } from './executor-host.ts';

const TEMPORARY_NAME_BYTES = 8;

/** A small map on disk, in the user's private cache directory. Losing it costs time and nothing else. */
export class JsonCache<Value> {
  readonly #host: ExecutorHost;
  readonly #directoryName: string;
  readonly #fileName: string;
  #entries: Promise<Record<string, Value>> | null = null;
  #lastWrite: Promise<void> = Promise.resolve();

  /** @param directoryName the executor's own, below the cache directory: `executor-local` */
  constructor(host: ExecutorHost, directoryName: string, fileName: string) {
    this.#host = host;
    this.#directoryName = directoryName;
    this.#fileName = fileName;
  }

  async get(key: string): Promise<Value | null> {
    const entries = await this.#read();
    return (Object.hasOwn(entries, key) ? entries[key] : null) ?? null;
  }

  async set(key: string, value: Value): Promise<void> {
    const entries = await this.#read();
    entries[key] = value;
    // One after the other: the last that was set is what stays.
    this.#lastWrite = this.#lastWrite.then(() => this.#write(entries));
    return this.#lastWrite;
  }

  async #write(entries: Record<string, Value>): Promise<void> {
    try {
      const file = await this.#file();
      // Several caches of one process may lie in one file.
      const temporary = `${file}.${randomBytes(TEMPORARY_NAME_BYTES).toString('hex')}`;
      try {
        await writeFile(temporary, JSON.stringify(entries), { mode: 0o600 });
        await rename(temporary, file);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
    } catch (error) {
      this.#host.logger.debug('the cache could not be written', {
        file: this.#fileName,
        reason: String(error),
      });
    }
  }

  async #file(): Promise<string> {
    return path.join(await this.#host.privateDirectory('cache', this.#directoryName), this.#fileName);
  }

  #read(): Promise<Record<string, Value>> {
    this.#entries ??= this.#parse();
    return this.#entries;
  }

  async #parse(): Promise<Record<string, Value>> {
    try {
      const parsed: unknown = JSON.parse(await readFile(await this.#file(), 'utf8'));
      return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, Value>) : {};
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.#host.logger.debug('the cache cannot be read, and is made anew', { file: this.#fileName });
      }
      return {};
    }
  }
}
