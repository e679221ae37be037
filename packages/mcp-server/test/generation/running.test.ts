import { startModelServer } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { textField } from '../support/answer-fields.ts';
import { callerOf } from '../support/caller-of.ts';
import { processesWith, until } from '../support/processes.ts';
import { TEST_CLIENTS } from '../support/test-client.ts';
import { openTestService } from '../support/test-service.ts';
import { textOf } from '../support/text-of.ts';
import { endless, fenced } from './support/programs.ts';
import { generatorConfig, openModelConnection } from './support/with-model.ts';

const SILENT = { text: ['```python\n', 'print(1)\n'], fault: 'silence', piecesBeforeFault: 2 } as const;
const SHORT = { waits: { answerWithinMs: 500 } };

describe.each(TEST_CLIENTS)(
  'cancelling the call, by the client of SDK $sdk at revision $revision',
  (kind) => {
    test('hangs up on a model that writes', async () => {
      await using connection = await openModelConnection([SILENT], { kind });
      const abort = new AbortController();
      const call = connection.client.call('generate_code', { requirement: 'x' }, { signal: abort.signal });
      const settled = Promise.allSettled([call]);
      await until(() => connection.model.calls[0]?.sentAtMs.length === 2);
      abort.abort('cancelled by the test');
      expect(await settled).toMatchObject([{ status: 'rejected' }]);
      await until(() => connection.model.calls[0]?.isAborted === true, 5_000);
      const listed = await connection.client.call('manage_sandbox', { action: 'list' });
      expect(listed.structuredContent).toMatchObject({ runs: [{ status: 'cancelled' }] });
    });

    test('kills the program, and asks the model for no other', async () => {
      const mark = `generated-${kind.sdk}-${kind.revision}`;
      const code = `import subprocess, sys\nsubprocess.run([sys.executable, "-c", "import time; time.sleep(600)", "${mark}"])`;
      await using connection = await openModelConnection([fenced(code)], { kind });
      const abort = new AbortController();
      const call = connection.client.call('generate_code', { requirement: 'x' }, { signal: abort.signal });
      const settled = Promise.allSettled([call]);
      await until(async () => (await processesWith(mark)).length > 0);
      abort.abort('cancelled by the test');
      expect(await settled).toMatchObject([{ status: 'rejected' }]);
      await until(async () => (await processesWith(mark)).length === 0, 5_000);
      expect(connection.model.calls).toHaveLength(1);
    });
  },
);

describe('a generation that outlives its call', () => {
  test('answers running while the model writes, with what there is, and is waited for', async () => {
    const pieces = fenced("print('written slowly')").match(/[^]{1,4}/gu) ?? [];
    await using connection = await openModelConnection([{ text: pieces, pieceDelayMs: 100 }], {
      bounds: SHORT,
    });
    const { client } = connection;
    const begun = await client.call('generate_code', { requirement: 'x' });
    expect(begun.structuredContent).toMatchObject({
      status: 'running',
      attempts: [],
      execution: null,
      next: expect.stringContaining('wait_seconds'),
      model: { source: 'configured', name: 'test-model' },
    });
    const runId = textField(begun, 'run_id');
    const listed = await client.call('manage_sandbox', { action: 'list' });
    expect(listed.structuredContent).toMatchObject({ runs: [{ run_id: runId, status: 'running' }] });
    const piece = await client.call('read_output', {
      run_id: runId,
      stream: 'code',
      offset: 0,
      wait_seconds: 10,
    });
    expect(piece.structuredContent).toMatchObject({ status: 'running', eof: false });
    expect("print('written slowly')\n").toContain(textField(piece, 'text'));
    const whole = await client.call('read_output', { run_id: runId, wait_seconds: 20 });
    expect(whole.structuredContent).toMatchObject({
      status: 'ok',
      run_id: runId,
      code: "print('written slowly')\n",
      execution: { stdout: 'written slowly\n' },
    });
  });

  test('answers running while its program runs, with the program and its output so far', async () => {
    await using connection = await openModelConnection([fenced(endless('so-far'))], {
      bounds: { waits: { answerWithinMs: 2_000 } },
    });
    const { client } = connection;
    const begun = await client.call('generate_code', { requirement: 'x' });
    expect(begun.structuredContent).toMatchObject({
      status: 'running',
      code: `${endless('so-far')}\n`,
      execution: { status: 'running', stdout: 'begun\n' },
    });
    const runId = textField(begun, 'run_id');
    const page = await client.call('read_output', { run_id: runId, stream: 'stdout' });
    expect(page.structuredContent).toMatchObject({ status: 'running', text: 'begun\n' });
    const cancelled = await client.call('manage_sandbox', { action: 'cancel', run_id: runId });
    expect(cancelled.structuredContent).toMatchObject({ cancelled: runId, status: 'cancelled' });
    const ended = await client.call('read_output', { run_id: runId });
    expect(ended.structuredContent).toMatchObject({
      status: 'cancelled',
      execution: { status: 'cancelled', stdout: 'begun\n' },
    });
    await client.call('manage_sandbox', { action: 'close', run_id: runId });
    expect(textOf(await client.call('read_output', { run_id: runId }))).toContain('There is no run');
  });

  test('can be followed from before its program prints anything', async () => {
    const pieces = fenced(endless('followed')).match(/[^]{1,8}/gu) ?? [];
    await using connection = await openModelConnection([{ text: pieces, pieceDelayMs: 100 }], {
      bounds: SHORT,
    });
    const { client } = connection;
    const runId = textField(await client.call('generate_code', { requirement: 'x' }), 'run_id');
    const startedAtMs = performance.now();
    const given = { run_id: runId, stream: 'stdout', offset: 0, wait_seconds: 40 };
    const page = await client.call('read_output', given);
    expect(page.structuredContent).toMatchObject({ status: 'running', text: 'begun\n' });
    expect(performance.now() - startedAtMs).toBeLessThan(30_000);
  });

  test('shows a file of an earlier attempt as that of a generation that goes on', async () => {
    const failing = fenced("open('kept.txt', 'w').write('x')\nraise SystemExit(1)");
    await using connection = await openModelConnection([failing, SILENT], { bounds: SHORT });
    const { client, model } = connection;
    const runId = textField(await client.call('generate_code', { requirement: 'x' }), 'run_id');
    await until(() => model.calls.length === 2, 20_000);
    const file = await client.call('read_output', { run_id: runId, artifact: 'kept.txt' });
    expect(file.structuredContent).toMatchObject({ status: 'running', text: 'x' });
  });

  test('ends its model’s stream by being cancelled, and its failure is told to whoever comes for it', async () => {
    await using connection = await openModelConnection([SILENT, { delayMs: 1_000, failure: 'bad key' }], {
      bounds: SHORT,
    });
    const { client, model } = connection;
    const silent = textField(await client.call('generate_code', { requirement: 'x' }), 'run_id');
    await client.call('manage_sandbox', { action: 'cancel', run_id: silent });
    await until(() => model.calls[0]?.isAborted === true, 5_000);
    const failing = textField(await client.call('generate_code', { requirement: 'x' }), 'run_id');
    const failed = await client.call('read_output', { run_id: failing, wait_seconds: 10 });
    expect([failed.isError, textOf(failed)]).toEqual([true, expect.stringContaining('ERR_GENERATOR_FAILED')]);
  });

  test('ends with the service, the model’s stream too', async () => {
    const connection = await openModelConnection([SILENT], { bounds: SHORT });
    await connection.client.call('generate_code', { requirement: 'x' });
    await connection.opened.service[Symbol.asyncDispose]();
    await expect.poll(() => connection.model.calls[0]?.isAborted, { timeout: 5_000 }).toBe(true);
    await connection[Symbol.asyncDispose]();
  });

  test('ends at its own time', async () => {
    await using connection = await openModelConnection([fenced(endless('own-time'))]);
    const given = { requirement: 'x', timeout_seconds: 1.5 };
    const answer = await connection.client.call('generate_code', given);
    expect(answer.structuredContent).toMatchObject({
      status: 'failed',
      ended_by: 'time_used',
      hint: expect.stringContaining('timeout_seconds'),
    });
  });
});

test('progress tells each line of the program as it is written, and what its run says', async () => {
  const text = [
    '```python\nimport time\n',
    '# halfway\n',
    'print("out", flush=True)\n',
    'time.sleep(1)\n```',
  ];
  await using connection = await openModelConnection([{ text, pieceDelayMs: 350 }]);
  const seen: string[] = [];
  const values: number[] = [];
  await connection.client.call(
    'generate_code',
    { requirement: 'x' },
    {
      onprogress: ({ progress, message }) => {
        values.push(progress);
        seen.push(message ?? '');
      },
    },
  );
  expect(seen).toContain('attempt 1: # halfway');
  expect(seen).toContain('out');
  expect(values.every((value, index) => value > (values[index - 1] ?? -1))).toBe(true);
});

describe('two callers on one service', () => {
  test('one knows nothing of what is written for the other', async () => {
    await using model = await startModelServer();
    model.setFallback(SILENT);
    await using opened = await openTestService({
      config: { generator: generatorConfig(model) },
      bounds: SHORT,
    });
    const ada = await callerOf(opened.service, 'ada');
    const bob = await callerOf(opened.service, 'bob');
    const runId = textField(await ada('generate_code', { requirement: 'x' }), 'run_id');
    const never = textOf(await bob('read_output', { run_id: '0'.repeat(32) }));
    for (const [name, given] of [
      ['read_output', {}],
      ['manage_sandbox', { action: 'cancel' }],
    ] as const) {
      const answer = await bob(name, { ...given, run_id: runId });
      expect([answer.isError, textOf(answer)]).toEqual([true, never]);
    }
    expect((await bob('manage_sandbox', { action: 'list' })).structuredContent).toMatchObject({ runs: [] });
    expect((await ada('read_output', { run_id: runId })).structuredContent).toMatchObject({
      status: 'running',
    });
  });

  test('have as many programs written at one time as each may, and all together', async () => {
    await using model = await startModelServer();
    model.setFallback(SILENT);
    await using opened = await openTestService({
      config: { generator: generatorConfig(model) },
      bounds: { ...SHORT, generations: { perPrincipal: 2, total: 3 } },
    });
    const ada = await callerOf(opened.service, 'ada');
    const bob = await callerOf(opened.service, 'bob');
    const first = textField(await ada('generate_code', { requirement: 'x' }), 'run_id');
    await ada('generate_code', { requirement: 'x' });
    const own = await ada('generate_code', { requirement: 'x' });
    expect([own.isError, textOf(own)]).toEqual([true, expect.stringContaining('"cancel"')]);
    await bob('generate_code', { requirement: 'x' });
    const others = await bob('generate_code', { requirement: 'x' });
    expect([others.isError, textOf(others)]).toEqual([true, expect.stringContaining('no room')]);
    await ada('manage_sandbox', { action: 'cancel', run_id: first });
    expect((await ada('generate_code', { requirement: 'x' })).structuredContent).toMatchObject({
      status: 'running',
    });
  });
});
