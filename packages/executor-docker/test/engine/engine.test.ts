import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Engine, EngineIdentity } from '../../src/engine/engine.ts';
import { isMissingImage } from '../../src/engine/missing-image.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { removeImage } from '../support/remove-image.ts';
import { createTestHost } from './create-test-host.ts';
import { findTestEngine, TEST_IMAGE } from './find-test-engine.ts';
import type { TestEngine } from './find-test-engine.ts';
import { readFrames } from './read-frames.ts';
import { containerDefinition, removeTestContainers, testContainers, uniqueName } from './test-container.ts';
import { tar } from './tar.ts';

let testEngine: TestEngine;
let engine: Engine;
let identity: EngineIdentity;

beforeAll(async () => {
  testEngine = await findTestEngine();
});

beforeEach((context) => {
  if (testEngine.engine === null) return context.skip(testEngine.reason);
  ({ engine } = testEngine);
  ({ identity } = testEngine.search);
});

afterEach(async () => {
  if (testEngine.engine !== null) await removeTestContainers(testEngine.engine);
});

afterAll(() => testEngine.engine?.close());

function create(
  command: readonly string[],
  hostConfig: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return engine.containers.create(uniqueName(), containerDefinition(command, hostConfig));
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it was expected to fail');
    },
    (error: unknown) => error,
  );
}

describe('an engine', () => {
  test('says what it is', async () => {
    expect(await engine.identify()).toEqual({
      product: expect.stringMatching(/^(?:docker|podman)$/u) as string,
      version: expect.stringMatching(/^\d+\./u) as string,
      architecture: expect.stringMatching(/^(?:amd64|arm64)$/u) as string,
      cgroupVersion: expect.stringMatching(/^[12]$/u) as string,
      runtimes: expect.arrayContaining([identity.defaultRuntime]) as string[],
      defaultRuntime: identity.defaultRuntime,
      isRootless: false,
      processorCount: expect.any(Number) as number,
      memoryBytes: expect.any(Number) as number,
    });
  });

  test('answers no more once it is closed, and the streams of its containers end', async () => {
    const search = await openEngine(createTestHost({ ...process.env }), null);
    if (!search.found) throw new Error(search.unavailability.reason.en);
    const id = await create(['cat']);
    const stream = await search.engine.containers.attach(id);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    search.engine.close();
    await closed;
    expect(await errorOf(search.engine.identify())).toMatchObject({ name: 'ClocheError' });
  });
});

describe('a container', () => {
  test('is made, attached to, started, listed and removed', async () => {
    const id = await create(['sh', '-c', 'cat; echo oops >&2']);
    const stream = await engine.containers.attach(id);
    await engine.containers.start(id);
    stream.end('hello\n');
    expect(await readFrames(stream)).toEqual({ stdout: 'hello\n', stderr: 'oops\n' });
    expect(await testContainers(engine)).toMatchObject([
      { id, name: expect.stringMatching(/^cloche-engine-test-/u) as string },
    ]);
    await engine.containers.remove(id);
    expect(await testContainers(engine)).toEqual([]);
  });

  test('is removed while it runs, by several at once, and once more', async () => {
    const id = await create(['sleep', '1000']);
    await engine.containers.start(id);
    await Promise.all([1, 2, 3].map(() => engine.containers.remove(id)));
    await engine.containers.remove(id);
    expect(await testContainers(engine)).toEqual([]);
  });

  test('is given up at once when the caller aborts, and does not stay', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const definition = containerDefinition(['true']);
    const created = engine.containers.create(uniqueName(), definition, { signal: controller.signal });
    await sleep(2);
    controller.abort(reason);
    const outcome = await created.then(
      () => 'was quicker',
      (error: unknown) => error,
    );
    if (outcome === 'was quicker') return;
    expect(outcome).toBe(reason);
    await expect.poll(() => testContainers(engine), { timeout: 10_000 }).toEqual([]);
  });

  test('of an image that is not there is told as such', async () => {
    const definition = { ...containerDefinition(['true']), Image: 'cloche-no-such-image:1' };
    const error = await errorOf(engine.containers.create(uniqueName(), definition));
    expect(isMissingImage(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      message: expect.stringContaining('cloche-no-such-image:1') as string,
      hint: expect.stringMatching(/cloche images pull.*CLOCHE_DOCKER_IMAGE.*cloche images build/u) as string,
    });
    expect(isMissingImage(await errorOf(engine.containers.start('no-such-container')))).toBe(false);
  });

  test('under a runtime that is not there names the setting', async () => {
    const error = await errorOf(create(['true'], { Runtime: 'no-such-runtime' }));
    expect(error).toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringMatching(/no-such-runtime.*docker\.runtime/u) as string,
    });
  });

  test('that ran out of memory is told from one that did not', async () => {
    const limits = { Memory: 64 * 1024 * 1024, MemorySwap: 64 * 1024 * 1024 };
    const startedAtMs = Date.now();
    // A child is ended, and the first process lives on and ends well.
    const hog = await create(['sh', '-c', 'python3 -c "bytearray(400 << 20)"; true'], limits);
    const modest = await create(['true'], limits);
    const streams = await Promise.all([hog, modest].map((id) => engine.containers.attach(id)));
    await Promise.all([hog, modest].map((id) => engine.containers.start(id)));
    await Promise.all(streams.map((stream) => finished(stream.resume())));
    expect(await engine.containers.wasOutOfMemory(modest, startedAtMs)).toBe(false);
    expect(await engine.containers.wasOutOfMemory(hog, startedAtMs)).toBe(identity.product === 'docker');
    await engine.containers.remove(hog);
    expect(await engine.containers.wasOutOfMemory(hog, startedAtMs)).toBe(identity.product === 'docker');
  });

  test('becomes an image with labels and variables', async () => {
    const id = await create(['sh', '-c', 'true']);
    const labels = { 'cloche.test': String.raw`a "b" $HOME \c`, 'cloche.other': '1' };
    const environment = ['GREETING=hello $HOME "you"'];
    const repository = uniqueName();
    const imageId = await engine.containers.commit(id, { repository, tag: 'made', labels, environment });
    try {
      const image = await engine.images.find(`${repository}:made`);
      expect(image).toMatchObject({
        id: expect.stringContaining(imageId.replace(/^sha256:/u, '')) as string,
        labels,
        environment: expect.arrayContaining(environment) as string[],
      });
    } finally {
      await removeImage(`${repository}:made`);
    }
    expect(await engine.images.find(`${repository}:made`)).toBeNull();
  });
});

describe('an image', () => {
  test('is found, or not', async () => {
    expect(await engine.images.find(TEST_IMAGE)).toMatchObject({
      id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/u) as string,
      digest: null,
      architecture: identity.architecture,
    });
    expect(await engine.images.find('cloche-no-such-image:1')).toBeNull();
  });

  test.each(['../containers/json', 'a?b', 'a b', '', '-rf', 'Python:3.14', 'a:-b', 'a@b'])(
    'is not looked for under the name %j',
    async (name) => {
      expect(await errorOf(engine.images.find(name))).toMatchObject({ code: 'ERR_CONFIG_INVALID' });
    },
  );

  test('is built, line by line', async () => {
    const tag = `${uniqueName()}:built`;
    const lines: string[] = [];
    const context = await tar({ Dockerfile: `FROM ${TEST_IMAGE}\nARG WORD\nENV SAID=$WORD\n` });
    const build = {
      tag,
      arguments: { WORD: 'hello' },
      labels: { 'cloche.test': '1' },
      network: 'none',
    } as const;
    try {
      const id = await engine.images.build(context, build, (line) => lines.push(line));
      const image = await engine.images.find(tag);
      expect(image).toMatchObject({ labels: { 'cloche.test': '1' } });
      expect(image?.id).toContain(id.replace(/^sha256:/u, ''));
      expect(image?.environment).toContain('SAID=hello');
      expect(lines.join('\n')).toMatch(/FROM cloche-test:dev/iu);
    } finally {
      await removeImage(tag);
    }
  });

  test('whose build fails is told with the step’s words', async () => {
    const context = await tar({ Dockerfile: `FROM ${TEST_IMAGE}\nNONSENSE here\n` });
    const build = { tag: `${uniqueName()}:built`, arguments: {}, labels: {}, network: 'none' } as const;
    const error = await errorOf(engine.images.build(context, build, () => {}));
    expect(error).toMatchObject({
      code: 'ERR_EXECUTOR_FAILED',
      message: expect.stringMatching(/could not build the image.*NONSENSE/iu) as string,
    });
  });
});
