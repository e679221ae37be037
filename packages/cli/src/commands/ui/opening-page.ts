import { randomBytes } from 'node:crypto';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutorHost } from '@cloche/core/executor';

/** A browser that starts slowly has read it by then. */
const KEPT_MS = 60_000;
const NAME = /^open-[\da-f]{16}\.html$/u;

/**
 * A file of the user's alone that leads a browser to the address: words of a command line can be read by every user of
 * the machine, and the address is a key.
 */
export class OpeningPage {
  readonly path: string;
  readonly #timer: NodeJS.Timeout;

  private constructor(path: string) {
    this.path = path;
    this.#timer = setTimeout(() => void this.remove(), KEPT_MS);
    this.#timer.unref();
  }

  static async write(host: Pick<ExecutorHost, 'privateDirectory'>, address: string): Promise<OpeningPage> {
    const directory = await host.privateDirectory('cache', 'playground');
    await removeOld(directory);
    const path = join(directory, `open-${randomBytes(8).toString('hex')}.html`);
    await writeFile(path, pageThatLeadsTo(address), { mode: 0o600, flag: 'wx' });
    return new OpeningPage(path);
  }

  async remove(): Promise<void> {
    clearTimeout(this.#timer);
    await rm(this.path, { force: true }).catch(() => undefined);
  }
}

/** Of servers that were killed. */
async function removeOld(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const stats = NAME.test(name) ? await stat(path).catch(() => null) : null;
    if (stats !== null && Date.now() - stats.mtimeMs > KEPT_MS) await rm(path, { force: true });
  }
}

/** The address has no character that HTML reads. */
function pageThatLeadsTo(address: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="referrer" content="no-referrer">
    <meta http-equiv="refresh" content="0; url=${address}">
    <title>Cloche</title>
  </head>
  <body><a href="${address}">Cloche</a></body>
</html>
`;
}
