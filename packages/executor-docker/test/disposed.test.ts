import { beforeEach, expect, test } from 'vitest';
import { openDocker } from './faults/support/docker-under-test.ts';
import { findTestEngine } from './support/test-engine.ts';

beforeEach(async (context) => {
  const engine = await findTestEngine();
  context.skip(!engine.available, engine.available ? '' : engine.reason);
});

test.each([
  ['was connected', 1],
  ['never was connected', 0],
])('an executor that %s and was disposed of connects no more', async (_, probeCount) => {
  const docker = await openDocker();
  for (let count = 0; count < probeCount; count += 1) await docker.executor.probe();
  await docker[Symbol.asyncDispose]();
  expect(await docker.executor.probe()).toMatchObject({
    available: false,
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    reason: { en: 'The Docker executor has been disposed of.' },
  });
  await expect(docker.executor.capabilities()).rejects.toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE' });
});

test('nor does one that is asked while it is disposed of', async () => {
  const docker = await openDocker();
  const disposal = docker[Symbol.asyncDispose]();
  const answering = docker.executor.probe();
  await disposal;
  await answering;
  expect(await docker.executor.probe()).toMatchObject({ available: false });
});
