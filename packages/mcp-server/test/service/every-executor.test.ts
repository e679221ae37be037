import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { textField } from '../support/answer-fields.ts';
import type { EveryClient, NamedClient } from '../support/every-client.ts';
import { EVERY_CLIENT, openEveryClient } from '../support/every-client.ts';
import { processesWith, until } from '../support/processes.ts';
import { containersOf, engineProblem, TEST_IMAGE } from '../support/test-engine.ts';
import type { TestService } from '../support/test-service.ts';
import { openTestService } from '../support/test-service.ts';
import { textOf } from '../support/text-of.ts';

const KILLED_WITHIN_MS = 5_000;
/** Leaves its session, and ignores what asks politely. */
const STUBBORN = `
import os, signal, sys, time
for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(name, signal.SIG_IGN)
if os.fork() == 0: os.setsid()
else: print('up', flush=True)
time.sleep(600)
`;

const EXECUTORS = [
  { executor: 'local', problem: null },
  { executor: 'docker', problem: await engineProblem() },
] as const;

describe.each(EXECUTORS)('on the executor $executor', ({ executor, problem }) => {
  let opened: TestService;
  let everyClient: EveryClient;

  beforeAll(async () => {
    if (problem !== null) return;
    // No container waits for a run: those that are there belong to one.
    const docker = { image: TEST_IMAGE, poolSize: 0 };
    opened = await openTestService({ config: { executor, executorOptions: { docker } } });
    everyClient = await openEveryClient(opened.service);
  });

  afterAll(async () => {
    if (problem !== null) return;
    await everyClient[Symbol.asyncDispose]();
    await opened[Symbol.asyncDispose]();
  });

  beforeEach((context) => context.skip(problem !== null, problem ?? ''));

  function clientOf(name: string): NamedClient {
    const client = everyClient.clients.find((one) => one.name === name);
    if (client === undefined) throw new Error(`There is no client ${name}.`);
    return client;
  }

  describe.each(EVERY_CLIENT)('over %s', (name) => {
    test('programs run, their output and files are read, and sessions keep files', async () => {
      const client = clientOf(name);
      const code =
        "import sys; print('to', sys.argv[1], sys.stdin.read()); open('made.txt', 'w').write('kept')";
      const given = { language: 'python', args: ['you'], stdin: 'all', session_id: 'new' };
      const begun = await client.call('execute_code', { code, ...given });
      expect(begun.structuredContent).toMatchObject({ status: 'ok', executor, stdout: 'to you all\n' });
      expect(textOf(begun)).toContain(`executor ${executor}, isolation`);
      const sessionId = textField(begun, 'session_id');
      const bash = { code: 'cat made.txt >&2; exit 3', language: 'bash', session_id: sessionId };
      const next = await client.call('execute_code', bash);
      expect(next.structuredContent).toMatchObject({
        status: 'runtime_error',
        exit_code: 3,
        stderr: 'kept',
        executor,
      });
      const runId = textField(begun, 'run_id');
      const page = await client.call('read_output', { run_id: runId, offset: 3 });
      expect(page.structuredContent).toMatchObject({ text: 'you all\n', eof: true, executor });
      const file = await client.call('read_output', { run_id: runId, artifact: 'made.txt' });
      expect(file.structuredContent).toMatchObject({ text: 'kept' });
      const closed = await client.call('manage_sandbox', { action: 'close', session_id: sessionId });
      expect(closed.isError).toBeFalsy();
    });

    test('its status says that it works, and what it enforces', async () => {
      const { structuredContent } = await clientOf(name).call('manage_sandbox', { action: 'status' });
      expect(structuredContent?.['executors']).toContainEqual(
        expect.objectContaining({
          name: executor,
          available: true,
          limits: expect.objectContaining({ wall: 'enforced' }) as unknown,
          // As the run above has seen, whether the executor has sessions of its own or not.
          sessions: 'keep files',
        }),
      );
    });

    test('a timeout ends the whole program, and what it wrote stays', async () => {
      const mark = `timeout-${executor}-${name.replaceAll(/\W+/gu, '-')}`;
      const given = { code: STUBBORN, language: 'python', args: [mark], timeout_seconds: 1 };
      const answer = await clientOf(name).call('execute_code', given);
      expect(answer.structuredContent).toMatchObject({ status: 'timeout', stdout: 'up\n', executor });
      await until(async () => (await processesWith(mark)).length === 0, KILLED_WITHIN_MS);
    });

    test('cancelling the call kills the whole program', async () => {
      const mark = `cancel-${executor}-${name.replaceAll(/\W+/gu, '-')}`;
      const abort = new AbortController();
      const given = { code: STUBBORN, language: 'python', args: [mark] };
      const settled = Promise.allSettled([
        clientOf(name).call('execute_code', given, { signal: abort.signal }),
      ]);
      await until(async () => (await processesWith(mark)).length >= 2);
      expect(await containersOf()).toHaveLength(executor === 'docker' ? 1 : 0);
      abort.abort();
      expect(await settled).toMatchObject([{ status: 'rejected' }]);
      await until(async () => (await processesWith(mark)).length === 0, KILLED_WITHIN_MS);
      await until(async () => (await containersOf()).length === 0, KILLED_WITHIN_MS);
    });
  });
});
