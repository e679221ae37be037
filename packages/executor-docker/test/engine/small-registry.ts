import { createHash } from 'node:crypto';
import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { listen } from './listen.ts';
import { tar } from './tar.ts';

export interface SmallRegistry {
  /** `127.0.0.1:PORT`: an address that engines trust without TLS. */
  readonly address: string;
  /** Every layer stays unsent until this is called. */
  release(): void;
  close(): Promise<void>;
}

/** A registry with one image of two layers under every name and the tag `1`, for this machine's processor. */
export async function startSmallRegistry(): Promise<SmallRegistry> {
  const layers = await Promise.all(['one', 'two'].map((name) => tar({ [name]: name.repeat(100_000) })));
  const blobs = new Map<string, Buffer>();
  const describe = (mediaType: string, bytes: Buffer) => {
    const digest = sha256(bytes);
    blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const config = JSON.stringify({
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Env: ['PULLED=yes'] },
    rootfs: { type: 'layers', diff_ids: layers.map(sha256) },
  });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: describe('application/vnd.docker.container.image.v1+json', Buffer.from(config)),
      layers: layers.map((layer) =>
        describe('application/vnd.docker.image.rootfs.diff.tar.gzip', gzipSync(layer, { level: 0 })),
      ),
    }),
  );
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const server = http.createServer((request, response) => {
    const name = request.url?.split('/').at(-1) ?? '';
    const isManifest = name === '1' || name === sha256(manifest);
    const bytes = isManifest ? manifest : blobs.get(name);
    if (request.url === '/v2/') return void response.end('{}');
    if (bytes === undefined) {
      response.writeHead(404, { 'Content-Type': 'application/json' });
      return void response.end(
        JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }),
      );
    }
    const type = isManifest ? MANIFEST : 'application/octet-stream';
    const headers = {
      'Content-Type': type,
      'Docker-Content-Digest': sha256(bytes),
      'Content-Length': bytes.length,
    };
    response.writeHead(200, headers);
    if (request.method === 'HEAD') response.end();
    else if (isManifest) response.end(bytes);
    else {
      response.write(bytes.subarray(0, 100));
      void released.then(() => response.end(bytes.subarray(100)));
    }
  });
  const listening = await listen(server, { port: 0 });
  return { address: `127.0.0.1:${listening.port}`, release, close: () => listening.close() };
}

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
