import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_DOCKER_OPTIONS } from '@cloche/executor-docker';
import { findTestEngine, TOOLCHAINS_IMAGE } from '../support/test-engine.ts';
import { openDocker, outputOf, python } from './support/docker-under-test.ts';
import { containersOf, removeFromOutside } from './support/engine-objects.ts';
import { failureOf } from './support/failure-of.ts';
import { untilOutput } from './support/until-output.ts';

const { pool } = DEFAULT_DOCKER_OPTIONS;
/** Nothing listens on this port. */
const ABSENT_IMAGE = '127.0.0.1:1/cloche-test/absent:1';
const SLEEPER = 'import time\nprint("up", flush=True)\ntime.sleep(600)\n';

beforeEach(async (context) => {
  const engine = await findTestEngine();
  context.skip(!engine.available, engine.available ? '' : engine.reason);
});

describe('a container that is removed from outside', () => {
  test('in the middle of a run is an error that says so, and the next run works', async () => {
    await using docker = await openDocker();
    const execution = docker.start(python(SLEEPER));
    await untilOutput(execution);
    for (const id of await containersOf(docker.owner)) await removeFromOutside(id);
    const failure = await failureOf(execution.result);
    expect(failure).toMatchObject({ code: 'ERR_EXECUTOR_FAILED', retryable: true });
    expect(failure.text.message.en).toContain('something outside removed it');
    expect(await docker.print(python('print(6 * 7)'))).toBe('42\n');
  });

  test('while it waits is not missed', async () => {
    await using docker = await openDocker({ pool });
    await docker.print(python('print(1)'));
    await expect.poll(async () => (await containersOf(docker.owner)).length).toBeGreaterThan(0);
    for (const id of await containersOf(docker.owner)) await removeFromOutside(id).catch(() => undefined);
    expect(await docker.print(python('print(6 * 7)'))).toBe('42\n');
  });
});

test('a runtime that the engine does not have is an error of the configuration', async () => {
  await using docker = await openDocker({ runtime: 'no-such-runtime' });
  const failure = await failureOf(docker.run(python('print(1)')));
  expect(failure.code).toBe('ERR_CONFIG_INVALID');
  expect(failure.text.message.en).toMatch(/docker\.runtime is "no-such-runtime".*runc/u);
  expect(await docker.executor.probe()).toMatchObject({ available: false, code: 'ERR_CONFIG_INVALID' });
});

describe('an image that is not there and cannot be had', () => {
  test('is named, with the two ways out, in both languages', async () => {
    await using docker = await openDocker({ image: ABSENT_IMAGE });
    const { code, text } = await failureOf(docker.run(python('print(1)')));
    expect(code).toBe('ERR_CAPABILITY_UNSUPPORTED');
    for (const message of [text.message.en, text.message.zh]) expect(message).toContain(ABSENT_IMAGE);
    for (const hint of [text.hint?.en, text.hint?.zh]) {
      expect(hint).toContain('cloche images pull');
      expect(hint).toContain('cloche images build');
      expect(hint).toContain('CLOCHE_DOCKER_IMAGE');
    }
  });

  test('disturbs no run of another image that is under way', async () => {
    await using docker = await openDocker({
      image: ABSENT_IMAGE,
      images: { python: TOOLCHAINS_IMAGE },
      pool,
    });
    const code = 'import sys\nprint("up", flush=True)\nprint(sys.stdin.read())\n';
    const execution = docker.start(python(code, { stdin: { kind: 'stream' } }));
    await untilOutput(execution);
    await failureOf(docker.run({ language: 'bash', code: 'echo 1' }));
    await failureOf(docker.run({ language: 'bash', code: 'echo 1' }));
    // Whoever lets go of an engine does so within this time.
    await sleep(500);
    await execution.write(Buffer.from('still here'));
    execution.closeStdin();
    const result = await execution.result;
    expect([result.status, outputOf(result)]).toEqual(['ok', 'up\nstill here\n']);
  });
});
