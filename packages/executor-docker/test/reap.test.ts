import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DockerUnderTest } from './faults/support/docker-under-test.ts';
import { openDocker, python } from './faults/support/docker-under-test.ts';
import { containersOf, processesOfContainers } from './faults/support/engine-objects.ts';
import { startOwner } from './faults/support/start-owner.ts';
import { findTestEngine } from './support/test-engine.ts';

const PATIENCE_MS = 15_000;
/** Says that it runs, and does not look at its standard input. */
const SLEEPER = 'import time\nprint("up", flush=True)\ntime.sleep(600)\n';
const STREAM = { kind: 'stream' } as const;

/** Says that it runs, and keeps the agent's ear full. */
const FLOODER = `import os
print("up", flush=True)
targets = []
for process in os.listdir("/proc"):
    if process.isdigit():
        try:
            for name in os.listdir(f"/proc/{process}/fd"):
                targets.append(os.open(f"/proc/{process}/fd/{name}", os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            pass
while True:
    for target in targets:
        try:
            os.write(target, b"x\\n" * 2000)
        except OSError:
            pass
`;

describe('an owner that is killed', () => {
  let docker: DockerUnderTest;

  beforeAll(async () => {
    docker = await openDocker();
  });
  beforeEach(async (context) => {
    const engine = await findTestEngine();
    context.skip(!engine.available, engine.available ? '' : engine.reason);
  });
  afterAll(async () => {
    await docker[Symbol.asyncDispose]();
  });

  async function expectGone(owner: string, ids: readonly string[]): Promise<void> {
    await expect.poll(() => containersOf(owner), { timeout: PATIENCE_MS }).toEqual([]);
    await expect.poll(() => processesOfContainers(ids), { timeout: PATIENCE_MS }).toEqual([]);
  }

  test('leaves neither what waited nor what ran: the containers see that nobody is there', async () => {
    await using owner = await startOwner(python(SLEEPER), 2);
    await expect.poll(async () => (await containersOf(owner.name)).length, { timeout: PATIENCE_MS }).toBe(3);
    const ids = await containersOf(owner.name);
    await owner.kill();
    await expectGone(owner.name, ids);
  });

  test('leaves a program that has the stream of its input; the next executor removes that', async () => {
    await using dead = await startOwner(python(SLEEPER, { stdin: STREAM }), 1);
    await using living = await startOwner(python(SLEEPER, { stdin: STREAM }), 1);
    for (const { name } of [dead, living]) {
      await expect.poll(async () => (await containersOf(name)).length, { timeout: PATIENCE_MS }).toBe(2);
    }
    const kept = await containersOf(living.name);
    const lost = await containersOf(dead.name);
    await dead.kill();
    await expect.poll(async () => (await containersOf(dead.name)).length, { timeout: PATIENCE_MS }).toBe(1);

    const report = await docker.executor.reap();
    expect(report.failed).toEqual([]);
    expect(report.removed.length).toBeGreaterThanOrEqual(1);
    await expectGone(dead.name, lost);
    expect((await containersOf(living.name)).toSorted()).toEqual(kept.toSorted());
    expect(await living.finish()).toBe('cancelled');
    await expectGone(living.name, kept);
  });

  test.each([
    ['sleeps', SLEEPER],
    ['floods the agent', FLOODER],
  ])('leaves a program that %s its deadline, at which it ends by itself', async (_, code) => {
    const limits = { runTimeoutMs: 3000 };
    await using owner = await startOwner(python(code, { stdin: STREAM, limits }));
    const ids = await containersOf(owner.name);
    await owner.kill();
    await expect(expectGone(owner.name, ids)).resolves.toBeUndefined();
  });
});
