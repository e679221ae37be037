import { describe, expect, test } from 'vitest';
import { readSampled } from '../../src/sampling/read-sampled.ts';
import { textField } from '../support/answer-fields.ts';
import { openConnection } from '../support/open-connection.ts';
import { processesWith, until } from '../support/processes.ts';
import type { RawMessage } from '../support/raw-connection.ts';
import { openRawConnection } from '../support/raw-connection.ts';
import type { SampledAnswer } from '../support/test-client.ts';
import { TEST_CLIENTS } from '../support/test-client.ts';
import { textOf } from '../support/text-of.ts';
import { says, scriptedClient } from './support/client-model.ts';
import { endless, fenced } from './support/programs.ts';
import { openModelConnection } from './support/with-model.ts';

const MODERN = '2026-07-28';

describe.each(TEST_CLIENTS)('the model of the client of SDK $sdk at revision $revision', (kind) => {
  test('writes a program, which runs, and repairs it', async () => {
    const { sample, asked } = scriptedClient([
      says(fenced("raise SystemExit('there is no data')")),
      says(fenced('print(6 * 7)')),
    ]);
    await using connection = await openConnection({ kind, sample });
    const answer = await connection.client.call('generate_code', { requirement: 'Print 42.' });
    expect(answer.isError).toBeFalsy();
    expect(answer.structuredContent).toMatchObject({
      status: 'ok',
      code: 'print(6 * 7)\n',
      attempts: [{ status: 'runtime_error' }, { status: 'ok' }],
      execution: { stdout: '42\n' },
      model: { source: 'client', provider: 'client', name: 'clients-own-1' },
      usage: { input_tokens: null, output_tokens: null },
    });
    expect(textOf(answer)).toContain(
      'the client’s own, clients-own-1 (by sampling: no provider is configured)',
    );
    expect(asked).toHaveLength(2);
    expect(asked[0]?.systemPrompt).toContain('You write programs');
    expect(JSON.stringify(asked[0]?.messages)).toContain('Print 42.');
    expect(asked[0]?.maxTokens).toBeGreaterThan(1_000);
    expect(JSON.stringify(asked[1]?.messages)).toContain('there is no data');
    expect(asked[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });

  test('that its user does not lend ends the call, and nothing runs', async () => {
    const { sample } = scriptedClient([new Error('User rejected sampling request')]);
    await using connection = await openConnection({ kind, sample });
    const said = await connection.client.call('generate_code', { requirement: 'x' }).then(textOf, String);
    const listed = await connection.client.call('manage_sandbox', { action: 'list' });
    expect(said).toContain('User rejected sampling request');
    // Since 2026-07-28 the refusal stays with the client, which breaks the call off without a word.
    const isTold = kind.revision !== MODERN;
    expect(said.includes('execute_code')).toBe(isTold);
    expect(listed.structuredContent).toMatchObject({ run_count: isTold ? 0 : 1 });
    expect(JSON.stringify(listed.structuredContent)).not.toContain('language');
  });

  test('is not asked where the client does not lend it', async () => {
    await using connection = await openConnection({ kind });
    const answer = await connection.client.call('generate_code', { requirement: 'x' });
    expect([answer.isError, textOf(answer)]).toEqual([true, expect.stringContaining('sampling')]);
    expect(textOf(answer)).toContain('execute_code');
  });

  test('is not asked where a provider is configured', async () => {
    const { sample, asked } = scriptedClient([]);
    await using connection = await openModelConnection([fenced('print("configured")')], { kind, sample });
    const answer = await connection.client.call('generate_code', { requirement: 'x' });
    expect(answer.structuredContent).toMatchObject({
      model: { source: 'configured' },
      execution: { stdout: 'configured\n' },
    });
    expect(asked).toEqual([]);
  });

  test('is asked no more once the call is cancelled', async () => {
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const { promise: aborted, resolve: onAborted } = Promise.withResolvers<void>();
    await using connection = await openConnection({
      kind,
      sample: (_request, signal) =>
        new Promise<SampledAnswer>((_resolve, reject) => {
          const onAbort = (): void => {
            onAborted();
            reject(new Error('aborted'));
          };
          signal.addEventListener('abort', onAbort, { once: true });
          onAsked();
        }),
    });
    const abort = new AbortController();
    const call = connection.client.call('generate_code', { requirement: 'x' }, { signal: abort.signal });
    const settled = Promise.allSettled([call]);
    await asked;
    abort.abort('cancelled by the test');
    expect(await settled).toMatchObject([{ status: 'rejected' }]);
    await aborted;
    if (kind.revision === MODERN) return;
    await expect
      .poll(
        async () => (await connection.client.call('manage_sandbox', { action: 'list' })).structuredContent,
      )
      .toMatchObject({ runs: [{ status: 'cancelled' }] });
  });

  test('has written a program that dies with its call', async () => {
    const mark = `sampled-${kind.sdk}-${kind.revision}`;
    const { sample } = scriptedClient([says(fenced(endless(mark)))]);
    await using connection = await openConnection({ kind, sample });
    const abort = new AbortController();
    const call = connection.client.call('generate_code', { requirement: 'x' }, { signal: abort.signal });
    const settled = Promise.allSettled([call]);
    const running = async (): Promise<unknown> =>
      (await connection.client.call('manage_sandbox', { action: 'list' })).structuredContent;
    await expect.poll(running, { timeout: 10_000 }).toMatchObject({ runs: [{ stdout_bytes: 6 }] });
    abort.abort('cancelled by the test');
    expect(await settled).toMatchObject([{ status: 'rejected' }]);
    await expect.poll(running, { timeout: 5_000 }).toMatchObject({ runs: [{ status: 'cancelled' }] });
  });

  test('goes on writing after the call has answered running, and read_output takes its questions along', async () => {
    const slow = "import time\nprint('slow', flush=True)\ntime.sleep(1.5)\nraise SystemExit('not yet')";
    const { sample, asked } = scriptedClient([says(fenced(slow)), says(fenced("print('done')"))]);
    await using connection = await openConnection({
      kind,
      sample,
      bounds: { waits: { answerWithinMs: 700 } },
    });
    const begun = await connection.client.call('generate_code', { requirement: 'x' });
    expect(begun.structuredContent).toMatchObject({ status: 'running', attempts: [] });
    expect(textOf(begun)).toContain('read_output');
    const runId = textField(begun, 'run_id');
    // Nobody is there whom the client's model could be asked through.
    await until(async () => {
      const { structuredContent } = await connection.client.call('manage_sandbox', { action: 'list' });
      return JSON.stringify(structuredContent).includes('"stdout_bytes":5') && asked.length === 1;
    });
    const rest = await connection.client.call('read_output', { run_id: runId, wait_seconds: 20 });
    expect(rest.structuredContent).toMatchObject({
      status: 'ok',
      run_id: runId,
      attempts: [{ status: 'runtime_error' }, { status: 'ok' }],
      execution: { stdout: 'done\n' },
    });
    expect(asked).toHaveLength(2);
  });
});

describe('what a client’s model answers', () => {
  test('is taken as it is meant: a cut answer goes on, a refusal and words alone end', async () => {
    const { sample, asked } = scriptedClient([
      says('```python\nprint("one")\nprint("tw', 'maxTokens'),
      says('o")\n```\n'),
      says('I cannot help with that.', 'refusal'),
    ]);
    await using connection = await openConnection({ sample });
    const whole = await connection.client.call('generate_code', { requirement: 'x' });
    expect(whole.structuredContent).toMatchObject({ status: 'ok', execution: { stdout: 'one\ntwo\n' } });
    expect(asked).toHaveLength(2);
    const refused = await connection.client.call('generate_code', { requirement: 'y' });
    expect(refused.structuredContent).toMatchObject({
      status: 'failed',
      ended_by: 'refused',
      code: null,
      attempts: [{ status: 'refused', error: expect.stringContaining('cannot help') }],
      execution: null,
    });
  });

  test('is refused where there is no text in it', async () => {
    const image = { type: 'image', data: 'AAAA', mimeType: 'image/png' };
    await using connection = await openConnection({
      kind: { sdk: 'v1', revision: '2025-11-25' },
      sample: () => ({ ...says(''), content: image }) as unknown as SampledAnswer,
    });
    const answer = await connection.client.call('generate_code', { requirement: 'x' });
    expect([answer.isError, textOf(answer)]).toEqual([true, expect.stringContaining('no text')]);
  });

  test.each([
    [null, undefined],
    [null, 'text'],
    [null, { content: 7 }],
    [null, { content: [] }],
    [null, { content: { type: 'text' } }],
    [{ text: 'a', stopReason: null, model: null }, { content: { type: 'text', text: 'a' } }],
    [
      { text: 'a\nb', stopReason: 'endTurn', model: 'm' },
      {
        content: [{ type: 'text', text: 'a' }, null, { type: 'tool_use' }, { type: 'text', text: 'b' }],
        stopReason: 'endTurn',
        model: 'm',
      },
    ],
    [
      { text: '', stopReason: null, model: null },
      { content: { type: 'text', text: '' }, stopReason: {}, model: [] },
    ],
  ])('is %j where the client sends %j', (expected, sent) => {
    expect(readSampled(sent)).toEqual(expected);
  });

  test('runs in a session that one call begins, however many rounds it takes', async () => {
    const { sample } = scriptedClient([
      says(fenced("raise SystemExit('again')")),
      says(fenced("open('made.txt', 'w').write('made')")),
    ]);
    await using connection = await openConnection({ sample });
    const made = await connection.client.call('generate_code', { requirement: 'x', session_id: 'new' });
    const session = textField(made, 'session_id');
    const listed = await connection.client.call('manage_sandbox', { action: 'list' });
    expect(listed.structuredContent).toMatchObject({ sessions: [{ session_id: session, runs: 2 }] });
    const given = { language: 'bash', code: 'cat made.txt', session_id: session };
    const read = await connection.client.call('execute_code', given);
    expect(read.structuredContent).toMatchObject({ stdout: 'made' });
  });
});

test('a client of 2026-07-28 that gives up between two rounds does not keep itself from asking again', async () => {
  let isGone = true;
  const program = says(fenced('print("at last")'));
  await using connection = await openConnection({
    sample: () => {
      if (isGone) throw new Error('The client has gone.');
      return program;
    },
    bounds: { generations: { perPrincipal: 2 } },
  });
  const { client } = connection;
  for (const requirement of ['one', 'two', 'three', 'four'])
    await expect(client.call('generate_code', { requirement })).rejects.toThrow('has gone');
  isGone = false;
  const answer = await client.call('generate_code', { requirement: 'five' });
  expect(answer.structuredContent).toMatchObject({ status: 'ok', execution: { stdout: 'at last\n' } });
  expect(await processesWith('at last')).toEqual([]);
});

test.each([
  ['of a model without a name', { role: 'assistant', model: {}, content: { type: 'text', text: 'x' } }],
  ['that is none', {}],
  ['of nothing but pictures', { role: 'assistant', model: 'm', content: [{ type: 'image' }, null] }],
])('an answer %s ends the call, which does not wait for another', async (_name, result) => {
  await using connection = await openRawConnection({ capabilities: { sampling: {} } });
  const params = { name: 'generate_code', arguments: { requirement: 'x' } };
  connection.send({ jsonrpc: '2.0', id: 'call', method: 'tools/call', params });
  const question = (): RawMessage | undefined =>
    connection.received.find(({ method }) => method === 'sampling/createMessage');
  await until(() => Promise.resolve(question() !== undefined));
  connection.send({ jsonrpc: '2.0', id: question()?.['id'], result });
  const answer = JSON.stringify(await connection.answerTo('call'));
  expect(answer).toContain('"isError":true');
  expect(answer).toContain('its answer is not as the protocol has it');
  expect(answer).toContain('execute_code');
});
