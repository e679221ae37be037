import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { beforeEach, describe, expect, test } from 'vitest';
import { openEngine } from '../src/engine/open-engine.ts';
import { openDocker, outputOf } from './faults/support/docker-under-test.ts';
import { failureOf } from './faults/support/failure-of.ts';
import { createTestHost } from './create-test-host.ts';
import { runCommand } from './support/run-command.ts';
import { BUSYBOX_IMAGE, findTestEngine } from './support/test-engine.ts';

const IMAGE = 'cloche-test-volumes';
const engine = await findTestEngine();

/** The small image with volumes; removed when the scope is left. */
async function imageWithVolumes(
  name: string,
  volumes: readonly string[],
): Promise<AsyncDisposable & { readonly tag: string }> {
  const tag = `${IMAGE}:${name}`;
  const testHost = await createTestHost();
  const search = await openEngine(testHost.host, null);
  if (!search.found) throw new Error(search.unavailability.reason.en);
  const { images } = search.engine;
  const archive = pack();
  archive.entry({ name: 'Dockerfile' }, `FROM ${BUSYBOX_IMAGE}\nVOLUME ${JSON.stringify(volumes)}\n`);
  archive.finalize();
  const build = { tag, arguments: {}, labels: {}, network: 'none' } as const;
  await images.build(await buffer(archive), build, () => undefined);
  return {
    tag,
    [Symbol.asyncDispose]: async () => {
      search.engine.close();
      await runCommand('docker', ['image', 'rm', '--force', tag]);
      await testHost.remove();
    },
  };
}

const LIST_MOUNTS = `import os
places = ("/vol2", "/data", "/plain", "/tmp", "/tmp/inner")
for line in open("/proc/self/mounts"):
    kind, place, options = line.split()[0], line.split()[1], line.split()[3]
    if place in places:
        print(kind, place, options.split(",")[0])
for place in places:
    try:
        open(place + "/written", "x").close()
        print("written", place)
    except OSError:
        pass
`;

describe('an image with a VOLUME', () => {
  beforeEach((context) => context.skip(!engine.available, engine.available ? '' : engine.reason));

  test('has each covered once, however its path is written', async () => {
    const volumes = ['/a/../vol2', '/data/', '/data', '/plain', '/tmp', '/tmp/inner'];
    await using image = await imageWithVolumes('many', volumes);
    await using docker = await openDocker({ image: image.tag });
    const result = await docker.run({ language: 'python', code: LIST_MOUNTS });
    expect(outputOf(result).trim().split('\n').toSorted()).toEqual([
      'tmpfs /data ro',
      'tmpfs /plain ro',
      'tmpfs /tmp rw',
      'tmpfs /tmp/inner ro',
      'tmpfs /vol2 ro',
      'written /tmp',
    ]);
  });

  test.each(['/', '/data/..', '/tmp/cloche', '/tmp/./cloche/work/'])(
    'at %s is refused, and the VOLUME named',
    async (volume) => {
      await using image = await imageWithVolumes('refused', [volume]);
      await using docker = await openDocker({ image: image.tag });
      const { code, text } = await failureOf(docker.run({ language: 'python', code: 'print(1)' }));
      expect(code).toBe('ERR_CAPABILITY_UNSUPPORTED');
      for (const message of [text.message.en, text.message.zh])
        expect(message).toContain(`VOLUME "${volume}"`);
    },
  );
});
