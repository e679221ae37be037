import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../../src/engine/open-engine.ts';
import type { EngineSearch } from '../../src/engine/open-engine.ts';
import { createTestHost } from './create-test-host.ts';
import { listen } from './listen.ts';
import type { ListeningServer } from './listen.ts';

/** A certificate for `localhost` that vouches for itself, used by both ends. */
describe('an engine behind TLS', () => {
  let directory: string;
  let engine: ListeningServer;
  let front: ListeningServer;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-tls-'));
    await makeCertificate(directory);
    engine = await listen(http.createServer(answer), { port: 0 });
    const [cert, key] = await Promise.all(
      ['cert.pem', 'key.pem'].map((name) => readFile(path.join(directory, name))),
    );
    const options = { cert, key, ca: cert, requestCert: true, rejectUnauthorized: true };
    const server = tls.createServer(options, (socket) => {
      const behind = net.connect({ host: '127.0.0.1', port: engine.port });
      socket.pipe(behind).pipe(socket);
      for (const end of [socket, behind]) end.on('error', () => {});
    });
    server.on('tlsClientError', () => {});
    front = await listen(server, { port: 0 });
  });

  afterAll(async () => {
    await front.close();
    await engine.close();
    await rm(directory, { recursive: true });
  });

  test('is used where both certificates hold', async () => {
    const search = await open('localhost', { DOCKER_CERT_PATH: directory, DOCKER_TLS_VERIFY: '1' });
    expect(search).toMatchObject({ found: true, origin: 'DOCKER_HOST', identity: { version: '1.2.3' } });
    if (search.found) search.engine.close();
  });

  test('is refused where nobody vouches for its certificate', async () => {
    const reason = await reasonAgainst(await open('localhost', { DOCKER_TLS_VERIFY: '1' }));
    expect(reason).toMatch(/which DOCKER_HOST names, cannot be reached by TLS: .*self-signed/u);
  });

  test('is refused under another name than its certificate’s', async () => {
    const reason = await reasonAgainst(await open('127.0.0.1', { DOCKER_CERT_PATH: directory }));
    expect(reason).toMatch(/cannot be reached by TLS: .*127\.0\.0\.1/u);
  });

  test('is told from one that does not answer, when asked without TLS', async () => {
    const reason = await reasonAgainst(await open('localhost', {}));
    expect(reason).toMatch(/which DOCKER_HOST names, (?:breaks the connection|does not speak)/u);
  });

  test('that speaks plain text is told as a failure of TLS', async () => {
    const host = createTestHost({
      HOME: directory,
      DOCKER_HOST: `https://localhost:${engine.port}`,
      DOCKER_CERT_PATH: directory,
    });
    expect(await reasonAgainst(await openEngine(host, null))).toContain('cannot be reached by TLS');
  });

  function open(name: string, environment: Record<string, string>): Promise<EngineSearch> {
    const address = `tcp://${name}:${front.port}`;
    const home = path.join(directory, 'home');
    return openEngine(createTestHost({ HOME: home, DOCKER_HOST: address, ...environment }), null);
  }

  async function reasonAgainst(search: EngineSearch): Promise<string> {
    if (!search.found) return search.unavailability.reason.en;
    search.engine.close();
    throw new Error('the engine was taken');
  }
});

function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  const body = request.url?.endsWith('/info') === true ? {} : { ApiVersion: '1.41', Version: '1.2.3' };
  response.end(JSON.stringify(body));
}

async function makeCertificate(directory: string): Promise<void> {
  const file = (name: string) => path.join(directory, name);
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const output = ['-keyout', file('key.pem'), '-out', file('cert.pem')];
  const options = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject, ...output];
  await promisify(execFile)('openssl', options);
  await promisify(execFile)('cp', [file('cert.pem'), file('ca.pem')]);
}
