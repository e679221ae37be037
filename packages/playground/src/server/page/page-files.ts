import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { notFound } from '../http/request-refused.ts';
import { ASSET_POLICY, COMMON_HEADERS, pagePolicy } from '../http/security-headers.ts';
import { PLACEHOLDER_PAGE } from './placeholder-page.ts';

/** Stands in `index.html` where the nonce of the answer is to be. */
const NONCE_MARK = '__CLOCHE_NONCE__';
const INDEX = 'index.html';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The page as it was built. A name is looked up among those that are there, so that none leads anywhere else. */
export class PageFiles {
  readonly #directory: string;
  #names: Promise<ReadonlySet<string>> | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * @param path of the address, as it was sent
   * @throws RequestRefused 404
   */
  async send(path: string, isHead: boolean, response: ServerResponse): Promise<void> {
    const name = path === '/' ? INDEX : path.slice(1);
    if (name === INDEX) {
      // A page that was built while the server runs is found with its next opening.
      this.#names = null;
      const names = await this.#list();
      const html = names.has(INDEX) ? await this.#read(INDEX) : PLACEHOLDER_PAGE;
      this.#sendIndex(html.toString('utf8'), isHead, response);
      return;
    }
    if (!(await this.#list()).has(name)) throw notFound();
    // Names of assets hold a digest of their content.
    const isLasting = name.startsWith('assets/');
    send(await this.#read(name), isHead, response, {
      'Content-Security-Policy': ASSET_POLICY,
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Cache-Control': isLasting ? 'private, max-age=31536000, immutable' : 'no-cache',
    });
  }

  #sendIndex(html: string, isHead: boolean, response: ServerResponse): void {
    const nonce = randomBytes(16).toString('base64');
    send(Buffer.from(html.replaceAll(NONCE_MARK, nonce)), isHead, response, {
      'Content-Security-Policy': pagePolicy(nonce),
      'Content-Type': TYPES['.html'] ?? '',
      'Cache-Control': 'no-store',
    });
  }

  #list(): Promise<ReadonlySet<string>> {
    this.#names ??= list(this.#directory);
    return this.#names;
  }

  #read(name: string): Promise<Buffer> {
    return readFile(join(this.#directory, name));
  }
}

async function list(directory: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
}

function send(
  body: Buffer,
  isHead: boolean,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(200, { ...COMMON_HEADERS, ...headers, 'Content-Length': body.byteLength });
  response.end(isHead ? undefined : body);
}
