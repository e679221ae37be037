import { createPlan, EMPTY_OUTPUT, outputText } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import { pack } from 'tar-stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openEngine } from '../src/engine/open-engine.ts';
import { createTestHost } from './create-test-host.ts';
import { removeImage } from './support/remove-image.ts';
import { findTestEngine, TOOLCHAINS_IMAGE } from './support/test-engine.ts';

const IMAGE = 'cloche-test-early-output:latest';

/** An image whose interpreter says something as soon as it starts, long before it has a program. */
async function talkativeImage(): Promise<Uint8Array> {
  const archive = pack();
  archive.entry(
    { name: 'Dockerfile' },
    `FROM ${TOOLCHAINS_IMAGE}\nCOPY talk.pth /usr/lib/python3/dist-packages/\n`,
  );
  archive.entry({ name: 'talk.pth', mode: 0o644 }, 'import sys; print("from the image", flush=True)\n');
  archive.finalize();
  return buffer(archive);
}

test('what an interpreter prints before it has its program is output of the run, waiting or not', async (context) => {
  const engine = await findTestEngine();
  if (!engine.available) context.skip(engine.reason);
  const testHost = await createTestHost();
  const search = await openEngine(testHost.host, null);
  if (!search.found) throw new Error(search.unavailability.reason.en);
  const { images } = search.engine;
  const executor = dockerExecutor.create({ ...DEFAULT_DOCKER_OPTIONS, image: IMAGE }, testHost.host);
  try {
    const build = { tag: IMAGE, arguments: {}, labels: {}, network: 'none' } as const;
    await images.build(await talkativeImage(), build, () => undefined);
    const outputs: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const plan = createPlan({ language: 'python', code: 'print("from the program")\n' });
      const { run } = await executor.execute(plan, { signal: new AbortController().signal }).result;
      outputs.push(outputText(run?.stdout ?? EMPTY_OUTPUT));
      await sleep(1200);
    }
    const plain = createPlan({
      language: 'python',
      code: 'print("from the program")\n',
      arguments: ['plain'],
    });
    const { run } = await executor.execute(plain, { signal: new AbortController().signal }).result;
    outputs.push(outputText(run?.stdout ?? EMPTY_OUTPUT));
    expect(outputs).toEqual(Array.from({ length: 4 }, () => 'from the image\nfrom the program\n'));
  } finally {
    await executor[Symbol.asyncDispose]();
    await removeImage(IMAGE);
    search.engine.close();
    await testHost.remove();
  }
});
