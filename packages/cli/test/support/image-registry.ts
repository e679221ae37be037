import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

const NAME = 'cloche-test/pulled';
const MANIFEST_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

/**
 * A registry on this machine with one image of two layers, for the test that calls this. Engines take one on a
 * loopback address without TLS.
 *
 * @param isStuck sends half of the last layer and no more
 * @returns the image's name
 */
export async function imageRegistry(isStuck = false): Promise<string> {
  const blobs = new Map<string, Buffer>();
  const layers = [tarOf('one', randomBytes(300_000)), tarOf('two', randomBytes(900_000))];
  const config = add(blobs, imageConfig(layers));
  const packed = layers.map((layer) => add(blobs, gzipSync(layer)));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', ...config },
      layers: packed.map((layer) => ({
        mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
        ...layer,
      })),
    }),
  );
  const stuckDigest = isStuck ? packed.at(-1)?.digest : undefined;

  const server = createServer(({ url = '', method }, response) => {
    const digest = /\/blobs\/(?<digest>.+)$/u.exec(url)?.groups?.['digest'];
    if (url === '/v2/') response.end('{}');
    else if (url.startsWith(`/v2/${NAME}/manifests/`)) {
      send(response, method === 'HEAD' ? null : manifest, manifest, MANIFEST_TYPE);
    } else if (digest !== undefined && blobs.has(digest)) {
      const blob = blobs.get(digest) ?? Buffer.alloc(0);
      if (digest === stuckDigest) sendHalf(response, blob);
      else send(response, blob, blob, 'application/octet-stream');
    } else response.writeHead(404).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => close(server));
  return `127.0.0.1:${(server.address() as AddressInfo).port}/${NAME}:1`;
}

function send(response: ServerResponse, body: Buffer | null, whole: Buffer, type: string): void {
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Length': whole.length,
    'Docker-Content-Digest': digestOf(whole),
  });
  response.end(body ?? undefined);
}

function sendHalf(response: ServerResponse, blob: Buffer): void {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': blob.length });
  response.write(blob.subarray(0, blob.length / 2));
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

function add(blobs: Map<string, Buffer>, blob: Buffer): { readonly size: number; readonly digest: string } {
  const digest = digestOf(blob);
  blobs.set(digest, blob);
  return { size: blob.length, digest };
}

function imageConfig(layers: readonly Buffer[]): Buffer {
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as string] ?? process.arch;
  return Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      config: {},
      rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
      history: layers.map(() => ({ created_by: 'test' })),
    }),
  );
}

function digestOf(data: Buffer): string {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}

/** A tar with one file. */
function tarOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  for (const [offset, digits, value] of [
    [100, 7, 0o644],
    [108, 7, 0],
    [116, 7, 0],
    [124, 11, content.length],
    [136, 11, 0],
  ] as const) {
    header.write(value.toString(8).padStart(digits, '0'), offset);
  }
  header.write('        0', 148);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding, Buffer.alloc(1024)]);
}
