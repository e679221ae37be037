import { DEFAULT_REQUEST_TIMEOUT_MSEC } from '@modelcontextprotocol/sdk/shared/protocol.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WAIT_LIMITS } from '../../src/tools/service-context.ts';
import { textField } from '../support/answer-fields.ts';
import { EVERY_CLIENT, openEveryClient } from '../support/every-client.ts';
import { until } from '../support/processes.ts';
import type { SlowRegistry } from '../support/slow-registry.ts';
import { startSlowRegistry } from '../support/slow-registry.ts';
import { BUSYBOX_IMAGE, containersOf, engineProblem } from '../support/test-engine.ts';
import { openTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { textOf } from '../support/text-of.ts';

const ANSWER_WITHIN_MS = 1_500;
const PROGRAM = { code: "print('ran')", language: 'python' };

const problem = await engineProblem(BUSYBOX_IMAGE);
let registry: SlowRegistry;

beforeAll(async () => {
  if (problem === null) registry = await startSlowRegistry(BUSYBOX_IMAGE);
});

afterAll(async () => {
  if (problem === null) await registry[Symbol.asyncDispose]();
});

function openService(image: string): Promise<TestService> {
  const docker = { image, poolSize: 0 };
  return openTestService({
    config: { executor: 'docker', executorOptions: { docker } },
    bounds: { waits: { answerWithinMs: ANSWER_WITHIN_MS } },
  });
}

describe('an image that has to be pulled', () => {
  beforeEach((context) => context.skip(problem !== null, problem ?? ''));

  test.each(EVERY_CLIENT)('is told of while it comes, and the run goes on with it: %s', async (name) => {
    const image = registry.addImage();
    await using opened = await openService(image.reference);
    await using everyClient = await openEveryClient(opened.service);
    const client = everyClient.clients.find((one) => one.name === name);
    const told: (string | undefined)[] = [];
    const startedAtMs = performance.now();
    const onprogress = ({ message }: { message?: string | undefined }): void => void told.push(message);
    const first = await client?.call('execute_code', PROGRAM, { onprogress });
    expect(performance.now() - startedAtMs).toBeLessThan(ANSWER_WITHIN_MS + 3_000);
    if (first === undefined) throw new Error(name);
    expect(first.structuredContent).toMatchObject({ status: 'running', stdout: '' });
    expect(textOf(first)).toContain('read_output');
    expect(told).toContainEqual(expect.stringMatching(/^pulling an image \d+ %: .+, 0 of 1 layers$/u));

    const runId = textField(first, 'run_id');
    const waited: (string | undefined)[] = [];
    const waiting = client?.call(
      'read_output',
      { run_id: runId, wait_seconds: 30 },
      { onprogress: ({ message }) => void waited.push(message) },
    );
    await until(() => waited.length > 0);
    expect(waited[0]).toContain('pulling an image');
    image.release();
    expect((await waiting)?.structuredContent).toMatchObject({
      status: 'ok',
      text: 'ran\n',
      executor: 'docker',
    });
  });

  test('is waited for no longer than the call that wants it', async () => {
    const image = registry.addImage();
    await using opened = await openService(image.reference);
    await using everyClient = await openEveryClient(opened.service);
    for (const client of everyClient.clients) {
      const abort = new AbortController();
      const onprogress = (): void => abort.abort();
      const call = client.call('execute_code', PROGRAM, { signal: abort.signal, onprogress });
      expect(await Promise.allSettled([call])).toMatchObject([{ status: 'rejected' }]);
      await until(async () => {
        const list = textOf(await client.call('manage_sandbox', { action: 'list' }));
        return list.includes('cancelled') && !list.includes('running');
      }, 5_000);
    }
    expect(await containersOf()).toEqual([]);
  });

  test('does not hold up the end of the server', async () => {
    const image = registry.addImage();
    const opened = await openService(image.reference);
    await using everyClient = await openEveryClient(opened.service);
    const [client] = everyClient.clients;
    expect((await client?.call('execute_code', PROGRAM))?.structuredContent).toMatchObject({
      status: 'running',
    });
    const startedAtMs = performance.now();
    await opened[Symbol.asyncDispose]();
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
    expect(await containersOf()).toEqual([]);
  });
});

test('a call is answered before clients of the SDK give up', () => {
  expect(WAIT_LIMITS.answerWithinMs).toBeLessThan(DEFAULT_REQUEST_TIMEOUT_MSEC - 10_000);
});
