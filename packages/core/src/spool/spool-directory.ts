import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutorHost } from '../executor/index.ts';
import { formatOwner, ownerState, parseOwner } from '../executor/index.ts';

export interface SpoolFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Where outputs too large for memory are: a directory of this process alone, made on first use. */
export class SpoolDirectory {
  readonly #host: Pick<ExecutorHost, 'owner' | 'privateDirectory'>;
  readonly #name: string;
  #own: Promise<string> | null = null;
  #fileCount = 0;

  /** @param name of the directory in the state directory that all processes of one kind share: `mcp-server` */
  constructor(host: Pick<ExecutorHost, 'owner' | 'privateDirectory'>, name: string) {
    this.#host = host;
    this.#name = name;
  }

  async createFile(): Promise<SpoolFile> {
    this.#own ??= this.#make();
    this.#fileCount += 1;
    const file = path.join(await this.#own, String(this.#fileCount));
    return { path: file, handle: await open(file, 'wx+', 0o600) };
  }

  /** Removes what processes that are gone left behind, and says what it was called. */
  async sweep(): Promise<readonly string[]> {
    const parent = await this.#parent();
    const removed: string[] = [];
    for (const name of await readdir(parent)) {
      const owner = parseOwner(name.slice(0, name.lastIndexOf('.')));
      if (owner === null || ownerState(owner) !== 'gone') continue;
      await rm(path.join(parent, name), { recursive: true, force: true });
      removed.push(name);
    }
    return removed;
  }

  async remove(): Promise<void> {
    const own = await this.#own?.catch(() => null);
    if (typeof own === 'string') await rm(own, { recursive: true, force: true });
  }

  async #make(): Promise<string> {
    // Two services of one process have a directory each.
    const name = `${formatOwner(this.#host.owner)}.${randomBytes(8).toString('hex')}`;
    const own = path.join(await this.#parent(), name);
    await mkdir(own, { mode: 0o700 });
    return own;
  }

  #parent(): Promise<string> {
    return this.#host.privateDirectory('state', this.#name);
  }
}
