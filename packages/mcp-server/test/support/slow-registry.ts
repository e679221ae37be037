import { execFile } from 'node:child_process';
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const run = promisify(execFile);
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIG = 'application/vnd.docker.container.image.v1+json';
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
/** Where gzip has a time that nobody reads. */
const GZIP_TIME_OFFSET = 4;

export interface SlowImage {
  /** Its name for the engine, which takes loopback without TLS. */
  readonly reference: string;
  /** Sends what was held back. */
  release(): void;
}

export interface SlowRegistry extends AsyncDisposable {
  /** An image that the engine has never seen. Half of each layer comes at once, the rest on release. */
  addImage(): SlowImage;
}

interface Blob {
  readonly bytes: Buffer;
  readonly type: string;
  /** Null: comes at once. */
  readonly image: HeldImage | null;
}

interface SavedImage {
  readonly config: Buffer;
  readonly layers: readonly Buffer[];
}

/** A registry on this machine, with a real image of the engine's that programs can run in. */
export async function startSlowRegistry(image: string): Promise<SlowRegistry> {
  const saved = await saveImage(image);
  const blobs = new Map<string, Blob>();
  const references: string[] = [];
  const server = createServer(({ url = '', method }, response) => {
    const blob = blobs.get(url.split('/').at(-1) ?? '');
    if (url === '/v2/') return void response.end('{}');
    if (blob === undefined) return void response.writeHead(404).end('{}');
    send(response, method === 'HEAD', blob);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const add = (blob: Blob): { mediaType: string; digest: string; size: number } => {
    const digest = digestOf(blob.bytes);
    blobs.set(digest, blob);
    return { mediaType: blob.type, digest, size: blob.bytes.length };
  };
  return {
    addImage() {
      const tag = `t${references.length}`;
      const held = new HeldImage(`127.0.0.1:${port}/cloche-test/slow:${tag}`);
      references.push(held.reference);
      const manifest = {
        schemaVersion: 2,
        mediaType: MANIFEST,
        config: add({ bytes: anotherConfig(saved.config), type: CONFIG, image: null }),
        layers: saved.layers.map((bytes) => add({ bytes: anotherGzip(bytes), type: LAYER, image: held })),
      };
      const bytes = Buffer.from(JSON.stringify(manifest));
      const { digest } = add({ bytes, type: MANIFEST, image: null });
      blobs.set(tag, { bytes, type: MANIFEST, image: null });
      blobs.set(digest, { bytes, type: MANIFEST, image: null });
      return held;
    },
    async [Symbol.asyncDispose]() {
      await close(server);
      // An engine whose caller has gone still brings home what it had begun.
      for (const reference of references) await run('docker', ['image', 'rm', reference]).catch(() => null);
    },
  };
}

class HeldImage implements SlowImage {
  readonly reference: string;
  readonly #held = new Map<ServerResponse, Buffer>();
  #isReleased = false;

  constructor(reference: string) {
    this.reference = reference;
  }

  release(): void {
    this.#isReleased = true;
    for (const [response, rest] of this.#held) response.end(rest);
  }

  send(response: ServerResponse, bytes: Buffer): void {
    const half = Math.floor(bytes.length / 2);
    response.write(bytes.subarray(0, half));
    const rest = bytes.subarray(half);
    if (this.#isReleased) return void response.end(rest);
    this.#held.set(response, rest);
    response.on('close', () => this.#held.delete(response));
  }
}

function send(response: ServerResponse, isHead: boolean, { bytes, type, image }: Blob): void {
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    'Docker-Content-Digest': digestOf(bytes),
  });
  if (isHead) response.end();
  else if (image === null) response.end(bytes);
  else image.send(response, bytes);
}

async function saveImage(image: string): Promise<SavedImage> {
  const directory = await mkdtemp(path.join(tmpdir(), 'cloche-image-'));
  try {
    const archive = path.join(directory, 'image.tar');
    await run('docker', ['save', '--output', archive, image]);
    await run('tar', ['--extract', '--file', archive, '--directory', directory]);
    const listed = JSON.parse(await readFile(path.join(directory, 'manifest.json'), 'utf8')) as readonly {
      readonly Config: string;
      readonly Layers: readonly string[];
    }[];
    const [first] = listed;
    if (first === undefined) throw new Error(`${image} was not saved.`);
    const read = (name: string): Promise<Buffer> => readFile(path.join(directory, name));
    const layers = await Promise.all(first.Layers.map(read));
    return {
      config: await read(first.Config),
      layers: layers.map((layer) => gzipSync(layer, { level: 1 })),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The same image under another id. */
function anotherConfig(bytes: Buffer): Buffer {
  const config = JSON.parse(bytes.toString()) as Record<string, unknown>;
  return Buffer.from(JSON.stringify({ ...config, author: randomUUID() }));
}

/** The same layer under another digest: an engine does not fetch again what it had once. */
function anotherGzip(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes);
  other.writeUInt32LE(randomInt(2 ** 32), GZIP_TIME_OFFSET);
  return other;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
