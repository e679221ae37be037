import http from 'node:http';
import net from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Engine, PullProgress } from '../../src/engine/engine.ts';
import { DockerodeEngine } from '../../src/engine/dockerode-engine.ts';
import { removeImage } from '../support/remove-image.ts';
import { findTestEngine } from './find-test-engine.ts';
import type { TestEngine } from './find-test-engine.ts';
import { listen } from './listen.ts';
import type { ListeningServer } from './listen.ts';
import type { SmallRegistry } from './small-registry.ts';
import { startSmallRegistry } from './small-registry.ts';

describe('a pull from a registry', () => {
  let testEngine: TestEngine;
  let engine: Engine;
  let registry: SmallRegistry | undefined;
  let address: string;

  beforeAll(async () => {
    testEngine = await findTestEngine();
  });

  afterAll(() => testEngine.engine?.close());

  beforeEach(async (context) => {
    if (testEngine.engine === null) return context.skip(testEngine.reason);
    const { product } = testEngine.search.identity;
    context.skip(product === 'podman', 'Podman takes no registry without TLS unless it is set up for it');
    ({ engine } = testEngine);
    registry = await startSmallRegistry();
    ({ address } = registry);
  });

  afterEach(() => registry?.close());

  test('tells of its layers and bytes, and brings the image', async () => {
    const reference = `${address}/cloche/test:1`;
    const told: PullProgress[] = [];
    registry?.release();
    await engine.images.pull(reference, (progress) => told.push(progress));
    try {
      const last = told.at(-1);
      expect(last).toMatchObject({ layersDone: 2, layersTotal: 2, bytesDone: last?.bytesTotal });
      expect(last?.bytesDone).toBeGreaterThan(600_000);
      const done = told.map(({ bytesDone }) => bytesDone);
      expect(done).toEqual(done.toSorted((left, right) => left - right));
      expect(await engine.images.find(reference)).toMatchObject({
        digest: expect.stringContaining(`${address}/cloche/test@sha256:`) as string,
        environment: ['PULLED=yes'],
      });
    } finally {
      await removeImage(reference);
    }
  });

  test('of a name that is not there is told with the ways out', async () => {
    const pull = engine.images.pull(`${address}/cloche/test:2`, () => {});
    await expect(pull).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      message: expect.stringMatching(
        /cloche\/test:2 could not be pulled.*(?:manifest unknown|not found)/u,
      ) as string,
      hint: expect.stringContaining('cloche images pull') as string,
      retryable: false,
    });
  });

  test('ends with the caller’s signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const pull = engine.images.pull(`${address}/cloche/test:1`, () => controller.abort(reason), {
      signal: controller.signal,
    });
    await expect(pull).rejects.toBe(reason);
  });
});

describe('an engine that lets one down', () => {
  let server: ListeningServer | null = null;
  let engine: DockerodeEngine | null = null;

  afterEach(async () => {
    engine?.close();
    await server?.close();
  });

  async function serve(answering: net.Server): Promise<DockerodeEngine> {
    server = await listen(answering, { port: 0 });
    const transport = {
      kind: 'tcp',
      host: '127.0.0.1',
      port: server.port,
      pathPrefix: '',
      tls: null,
    } as const;
    const endpoint = {
      address: `tcp://127.0.0.1:${server.port}`,
      origin: 'a test',
      isExplicit: true,
      transport,
    };
    engine = new DockerodeEngine(endpoint, { file: null, environment: {} });
    return engine;
  }

  test('by silence in the middle of a pull', async () => {
    const serving = await serve(
      http.createServer(
        (_request, response) => void response.write('{"id":"a","status":"Pulling fs layer"}\n'),
      ),
    );
    const told: PullProgress[] = [];
    const pull = serving.images.pull('a:1', (progress) => told.push(progress), { timeoutMs: 200 });
    await expect(pull).rejects.toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE', retryable: true });
    expect(told).toEqual([{ layersDone: 0, layersTotal: 1, bytesDone: 0, bytesTotal: null }]);
  });

  test('not by slowness: every sign of progress gives the pull its time again', async () => {
    const serving = await serve(
      http.createServer((_request, response) => {
        let left = 10;
        const timer = setInterval(() => {
          response.write(
            `{"id":"a","status":"Downloading","progressDetail":{"current":${10 - left},"total":10}}\n`,
          );
          if (--left > 0) return;
          clearInterval(timer);
          response.end();
        }, 60);
      }),
    );
    const pull = serving.images.pull('a:1', () => {}, { timeoutMs: 250 });
    await expect(pull).resolves.toBeUndefined();
  });

  test('by a connection that is cut in the middle of an answer', async () => {
    const serving = await serve(
      http.createServer((_request, response) => {
        response.writeHead(200, { 'Content-Length': 100 }).write('{');
        setTimeout(() => response.destroy(), 20);
      }),
    );
    const startedAtMs = performance.now();
    await expect(serving.containers.list([])).rejects.toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE' });
    expect(performance.now() - startedAtMs).toBeLessThan(2000);
  });

  test.each([
    [
      'create',
      (silent: DockerodeEngine, timeoutMs: number) => silent.containers.create('a', {}, { timeoutMs }),
    ],
    ['attach', (silent: DockerodeEngine, timeoutMs: number) => silent.containers.attach('a', { timeoutMs })],
    ['start', (silent: DockerodeEngine, timeoutMs: number) => silent.containers.start('a', { timeoutMs })],
    ['remove', (silent: DockerodeEngine, timeoutMs: number) => silent.containers.remove('a', { timeoutMs })],
    ['list', (silent: DockerodeEngine, timeoutMs: number) => silent.containers.list([], { timeoutMs })],
    ['find', (silent: DockerodeEngine, timeoutMs: number) => silent.images.find('a', { timeoutMs })],
    ['identify', (silent: DockerodeEngine, timeoutMs: number) => silent.identify({ timeoutMs })],
  ])('by silence from the start: %s ends all the same', async (_name, call) => {
    const silent = await serve(net.createServer());
    await expect(call(silent, 100)).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      message: expect.stringContaining('did not answer in time: no answer within 100 ms') as string,
      retryable: true,
    });
  });

  test('by a stream that is no engine’s', async () => {
    const serving = await serve(http.createServer((_request, response) => void response.end('<html>\n')));
    await expect(serving.images.pull('a:1', () => {})).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      message: expect.stringContaining('does not speak the API of Docker') as string,
    });
  });

  test('by no upgrade where a container is attached to', async () => {
    const serving = await serve(http.createServer((_request, response) => void response.end()));
    await expect(serving.containers.attach('a')).rejects.toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE' });
  });

  test('at an address with a path, which comes before every path of the API', async () => {
    const asked: string[] = [];
    server = await listen(
      http.createServer((request, response) => {
        asked.push(`${request.headers.host ?? ''}${request.url ?? ''}`);
        response.end('[]');
      }),
      { port: 0 },
    );
    const { port } = server;
    const transport = { kind: 'tcp', host: '127.0.0.1', port, pathPrefix: '/engine', tls: null } as const;
    const endpoint = { address: 'tcp://x', origin: 'a test', isExplicit: true, transport };
    engine = new DockerodeEngine(endpoint, { file: null, environment: {} });
    await engine.containers.list(['a=b']);
    const filters = encodeURIComponent('{"label":["a=b"]}');
    expect(asked).toEqual([`127.0.0.1:${port}/engine/containers/json?all=true&filters=${filters}`]);
  });
});
