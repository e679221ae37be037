import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';
import type { SpoolDirectory, SpoolFile } from './spool-directory.ts';

/** What most programs write never touches the disk. */
const IN_MEMORY_BYTES = 32 * 1024;
const SMALLEST_BUFFER_BYTES = 512;

/** Bytes that are appended by one writer and read at any place by anybody: first in memory, then in a file. */
export class Spool {
  readonly #directory: SpoolDirectory;
  #memory: Buffer = Buffer.alloc(0);
  #file: SpoolFile | null = null;
  #isOpen = false;
  #byteCount = 0;

  constructor(directory: SpoolDirectory) {
    this.#directory = directory;
  }

  get byteCount(): number {
    return this.#byteCount;
  }

  /** One at a time. @throws where the disk does not take it */
  async append(data: Uint8Array): Promise<void> {
    if (this.#file === null && this.#byteCount + data.length <= IN_MEMORY_BYTES) {
      this.#appendToMemory(data);
      return;
    }
    const file = this.#file ?? (await this.#moveToFile());
    await write(file.handle, data, this.#byteCount);
    this.#byteCount += data.length;
  }

  /** Fewer bytes than `length` at the end. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.#byteCount, offset + length);
    if (offset >= end) return new Uint8Array(0);
    const file = this.#file;
    // A copy, since the memory grows under whoever holds a part of it.
    if (file === null) return new Uint8Array(this.#memory.subarray(offset, end));
    if (this.#isOpen) return readFully(file.handle, offset, end - offset);
    const handle = await open(file.path, 'r');
    try {
      return await readFully(handle, offset, end - offset);
    } finally {
      await handle.close();
    }
  }

  /** After the last append: hundreds of finished runs hold no file open. */
  async finish(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#file?.handle.close();
  }

  async remove(): Promise<void> {
    await this.finish();
    if (this.#file !== null) await rm(this.#file.path, { force: true });
  }

  #appendToMemory(data: Uint8Array): void {
    const needed = this.#byteCount + data.length;
    if (needed > this.#memory.length) {
      const larger = Buffer.alloc(Math.max(needed, 2 * this.#memory.length, SMALLEST_BUFFER_BYTES));
      larger.set(this.#memory.subarray(0, this.#byteCount));
      this.#memory = larger;
    }
    this.#memory.set(data, this.#byteCount);
    this.#byteCount = needed;
  }

  async #moveToFile(): Promise<SpoolFile> {
    const file = await this.#directory.createFile();
    try {
      await write(file.handle, this.#memory.subarray(0, this.#byteCount), 0);
    } catch (error) {
      // What is in memory stays there, and the next append begins anew.
      await file.handle.close();
      await rm(file.path, { force: true });
      throw error;
    }
    this.#file = file;
    this.#isOpen = true;
    this.#memory = Buffer.alloc(0);
    return file;
  }
}

async function write(handle: FileHandle, data: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < data.length) {
    const { bytesWritten } = await handle.write(data, written, data.length - written, position + written);
    written += bytesWritten;
  }
}

async function readFully(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
