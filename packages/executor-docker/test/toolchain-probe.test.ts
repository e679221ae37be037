import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createExecutorHost } from '@cloche/core';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seccompOption } from '../src/container/seccomp-option.ts';
import type { EngineImage } from '../src/engine/engine.ts';
import { openEngine } from '../src/engine/open-engine.ts';
import type { ProbedImage, ProbedPlace } from '../src/images/toolchain-probe.ts';
import { ToolchainProbe } from '../src/images/toolchain-probe.ts';
import { createTestHost } from './create-test-host.ts';
import { testEnvironment } from './environment.ts';
import { failureOf } from './faults/support/failure-of.ts';
import { tryCommand } from './support/run-command.ts';
import { BUSYBOX_IMAGE, findTestEngine } from './support/test-engine.ts';

const IMAGE = 'cloche-test-slow-javac:latest';
const TIMEOUT_MS = 4000;
/** As long as the machine is busy this compiler tells nothing: a time of day stands for the machine. */
const SLOW_UNTIL = 'SLOW_UNTIL';
const JAVAC = `#!/bin/sh
[ "$(date +%s)" -ge ${SLOW_UNTIL} ] || sleep 600
echo javac 17.0.1
`;
const PROGRAMS = [
  { name: 'javac', versionArguments: ['-version'], versionPattern: /javac (\S+)/u },
  { name: 'python3', versionArguments: ['--version'], versionPattern: /Python (\S+)/u },
];
const engine = await findTestEngine();

async function imageFiles(slowUntilS: number): Promise<Uint8Array> {
  const archive = pack();
  archive.entry({ name: 'Dockerfile' }, `FROM ${BUSYBOX_IMAGE}\nCOPY javac /usr/bin/\n`);
  archive.entry({ name: 'javac', mode: 0o755 }, JAVAC.replace(SLOW_UNTIL, String(slowUntilS)));
  archive.finalize();
  return buffer(archive);
}

async function removeImage(): Promise<void> {
  await tryCommand('docker', ['image', 'rm', '--force', IMAGE]);
}

describe('what an image has', () => {
  let testHost: Awaited<ReturnType<typeof createTestHost>>;
  let search: Awaited<ReturnType<typeof openEngine>>;

  beforeAll(async () => {
    testHost = await createTestHost();
    search = await openEngine(testHost.host, null);
  });
  beforeEach((context) => context.skip(!engine.available, engine.available ? '' : engine.reason));
  afterAll(async () => {
    if (search.found) search.engine.close();
    await removeImage();
    await testHost.remove();
  });

  /** With a cache of its own, below this directory. */
  async function open(name: string): Promise<{
    readonly file: string;
    readonly ask: () => Promise<ProbedImage>;
    readonly build: (slowUntilS: number) => Promise<EngineImage>;
  }> {
    if (!search.found) throw new Error(search.unavailability.reason.en);
    const { engine: opened, identity } = search;
    const cache = path.join(testHost.directory, name);
    const host = createExecutorHost({ environment: { ...testEnvironment(), XDG_CACHE_HOME: cache } });
    const seccomp = await seccompOption(opened, identity, host);
    const imageOf = async (): Promise<EngineImage> => {
      const image = await opened.images.find(IMAGE);
      if (image === null) throw new Error(`${IMAGE} was not made`);
      return image;
    };
    return {
      file: path.join(await host.privateDirectory('cache', 'executor-docker'), 'probed-images.json'),
      build: async (slowUntilS) => {
        // The one before would stay without a name.
        await removeImage();
        const build = { tag: IMAGE, arguments: {}, labels: {}, network: 'none' } as const;
        await opened.images.build(await imageFiles(slowUntilS), build, () => undefined);
        return imageOf();
      },
      // A process of its own each time, as far as the cache can see.
      ask: async () => {
        const { id } = await imageOf();
        const place: ProbedPlace = {
          imageId: id,
          coveredVolumes: [],
          user: '65534:65534',
          runtime: null,
          seccomp,
        };
        return new ToolchainProbe(opened, host, TIMEOUT_MS).probe(place, PROGRAMS, 'test');
      },
    };
  }

  test('is not stored when looking at it was cut short, and is found when the machine is quick again', async () => {
    const { ask, build, file } = await open('slow');
    const slowUntilS = Math.ceil(Date.now() / 1000) + 20;
    const { id } = await build(slowUntilS);
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({ code: 'ERR_CAPABILITY_UNSUPPORTED', retryable: true });
    expect(failure.text.message.en).toContain(
      `${id.replace('sha256:', '').slice(0, 12)} could not be looked at in time`,
    );
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect.poll(() => Date.now() / 1000, { timeout: 30_000 }).toBeGreaterThan(slowUntilS);
    const { versions } = await ask();
    expect(versions).toEqual({ javac: '17.0.1', python3: expect.stringMatching(/^3\./u) as unknown });
  });

  test('is looked at once, and again where what was stored is damaged', async () => {
    const { ask, build, file } = await open('damaged');
    await build(0);
    const probed = await ask();
    const [key = ''] = Object.keys(JSON.parse(await readFile(file, 'utf8')) as object);
    const other = { ...probed, versions: { javac: '1' } };
    await writeFile(file, JSON.stringify({ [key]: other }));
    expect(await ask()).toEqual(other);
    for (const damaged of [
      {},
      7,
      { versions: {} },
      { ...probed, versions: { javac: 17 } },
      { ...probed, greeting: {} },
    ]) {
      await writeFile(file, JSON.stringify({ [key]: damaged }));
      expect(await ask()).toEqual(probed);
    }
  });
});
