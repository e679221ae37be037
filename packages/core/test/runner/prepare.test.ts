import { expect, test, vi } from 'vitest';
import { aborted, scriptedExecutor, unavailable } from './scripted-executor.ts';
import { PROGRAM, testRunner } from './test-runner.ts';

test('prepared, the executor of the run has been asked what the run asks, and nothing has run', async () => {
  const local = scriptedExecutor({ name: 'local' });
  const { runner } = testRunner([local]);
  await runner.prepare('python');
  expect(local.queries).toEqual([{ languages: ['python'], mayCost: false }]);
  expect(local.plans).toEqual([]);
  await runner.execute(PROGRAM).result;
  expect([local.probeCount, local.createdWith.length]).toEqual([1, 1]);
});

test('it is the one that would have the run that gets ready, and none behind it', async () => {
  const docker = scriptedExecutor({ name: 'docker', probe: () => Promise.resolve(unavailable('no engine')) });
  const podman = scriptedExecutor({ name: 'podman', languages: ['python'] });
  const local = scriptedExecutor({ name: 'local' });
  const behind = scriptedExecutor({ name: 'behind' });
  const { runner } = testRunner([docker, podman, local, behind]);
  await runner.prepare('java');
  expect([docker, podman, local, behind].map(({ capabilityCount }) => capabilityCount)).toEqual([0, 1, 1, 0]);
});

test('a named executor gets ready, and its health is not asked for', async () => {
  const docker = scriptedExecutor({ name: 'docker' });
  const local = scriptedExecutor({ name: 'local' });
  const { runner } = testRunner([docker, local]);
  await runner.prepare('python', { executor: 'local' });
  expect([docker.createdWith.length, local.capabilityCount, local.probeCount]).toEqual([0, 1, 0]);
});

test('what is wrong is left to the run to say', async () => {
  const broken = scriptedExecutor({
    name: 'broken',
    capabilities: () => Promise.reject(new Error('out of order')),
  });
  const { runner } = testRunner([broken]);
  await expect(runner.prepare('python')).resolves.toBeUndefined();
  await expect(runner.prepare('python', { executor: 'nowhere' })).resolves.toBeUndefined();
  await runner[Symbol.asyncDispose]();
  await expect(runner.prepare('python')).resolves.toBeUndefined();
  expect(broken.capabilityCount).toBe(1);
});

test('nobody waits for it: neither who aborts nor the end of the runner', async () => {
  const slow = scriptedExecutor({
    name: 'slow',
    capabilities: async () => {
      await aborted(new AbortController().signal);
      return {};
    },
  });
  const { runner } = testRunner([slow]);
  const abort = new AbortController();
  const preparation = runner.prepare('python', { signal: abort.signal });
  await vi.waitFor(() => expect(slow.capabilityCount).toBe(1));
  abort.abort();
  await preparation;
  const other = runner.prepare('python');
  await vi.waitFor(() => expect(slow.capabilityCount).toBe(2));
  await runner[Symbol.asyncDispose]();
  await other;
});
