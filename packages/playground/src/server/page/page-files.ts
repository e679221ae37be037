import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { acceptsGzip } from '../http/accepts-gzip.ts';
import { notFound } from '../http/request-refused.ts';
import { ASSET_POLICY, COMMON_HEADERS, pagePolicy } from '../http/security-headers.ts';
import { systemCode } from '../log-defect.ts';
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

/** Types that are compressed: pictures and fonts are already. */
const COMPRESSIBLE: ReadonlySet<string> = new Set(['.css', '.js', '.json', '.svg', '.txt']);

/** The page as it was built. A name is looked up among those that are there, so that none leads anywhere else. */
export class PageFiles {
  readonly #directory: string;
  /** By name, of files whose names hold a digest of their content. */
  readonly #compressed = new Map<string, Promise<Buffer>>();
  #names: Promise<ReadonlySet<string>> | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * @param path of the address, as it was sent
   * @throws RequestRefused 404
   */
  async send(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isHead = request.method === 'HEAD';
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
    // The page may be read through a tunnel from another machine, where its size counts.
    const isCompressible = isLasting && COMPRESSIBLE.has(extname(name));
    const isCompressed = isCompressible && acceptsGzip(request);
    send(await (isCompressed ? this.#readCompressed(name) : this.#read(name)), isHead, response, {
      'Content-Security-Policy': ASSET_POLICY,
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Cache-Control': isLasting ? 'private, max-age=31536000, immutable' : 'no-cache',
      ...(isCompressible && { Vary: 'Accept-Encoding' }),
      ...(isCompressed && { 'Content-Encoding': 'gzip' }),
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
    // What fails once is tried again with the next request.
    this.#names.catch(() => {
      this.#names = null;
    });
    return this.#names;
  }

  #readCompressed(name: string): Promise<Buffer> {
    let compressed = this.#compressed.get(name);
    compressed ??= this.#read(name).then((bytes) => promisify(gzip)(bytes));
    this.#compressed.set(name, compressed);
    compressed.catch(() => this.#compressed.delete(name));
    return compressed;
  }

  #read(name: string): Promise<Buffer> {
    return readFile(join(this.#directory, name));
  }
}

/** @throws where there is a directory that cannot be read; one that is not there has no files */
async function list(directory: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    },
  );
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
