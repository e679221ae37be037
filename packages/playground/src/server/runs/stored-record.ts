import { Spool } from '@cloche/core';
import type { SpoolDirectory } from '@cloche/core';
import type { RunRecord } from '../../api/runs.ts';

type Kept = Pick<RunRecord, 'request' | 'copies'>;

/** What was asked for in one run, and its copies. */
export class StoredRecord {
  /** Also before it is kept: room is made for it first. */
  readonly byteCount: number;
  readonly #spool: Spool;
  #bytes: Uint8Array;
  #keeping: Promise<void> | null = null;

  constructor(directory: SpoolDirectory, { request, copies }: Kept) {
    this.#spool = new Spool(directory);
    this.#bytes = Buffer.from(JSON.stringify({ request, copies }));
    this.byteCount = this.#bytes.length;
  }

  /** Resolves when it can be read. Once. @throws where the disk does not take it */
  keep(): Promise<void> {
    this.#keeping ??= this.#keep();
    return this.#keeping;
  }

  /** @throws where the disk did not take it, or does not give it back */
  async read(): Promise<Kept> {
    await this.keep();
    const bytes = await this.#spool.read(0, this.byteCount);
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Kept;
  }

  remove(): Promise<void> {
    return this.#spool.remove();
  }

  async #keep(): Promise<void> {
    await this.#spool.append(this.#bytes);
    this.#bytes = new Uint8Array(0);
    await this.#spool.finish();
  }
}
