import { describe, expect, test } from 'vitest';
import { answerCharacters } from '../support/answer-characters.ts';
import { textField } from '../support/answer-fields.ts';
import { textOf } from '../support/text-of.ts';
import { fenced } from './support/programs.ts';
import { openModelConnection } from './support/with-model.ts';

describe('a program from a sentence', () => {
  test.each(['compatible', 'openai', 'anthropic', 'google'] as const)(
    'is written by the model that is configured (%s), and runs',
    async (provider) => {
      await using connection = await openModelConnection(
        [{ text: fenced('print(6 * 7)'), usage: { inputTokens: 120, outputTokens: 30 } }],
        { provider },
      );
      const answer = await connection.client.call('generate_code', { requirement: 'Print 42.' });
      expect(answer.isError).toBeFalsy();
      expect(answer.structuredContent).toMatchObject({
        status: 'ok',
        ended_by: 'success',
        code: 'print(6 * 7)\n',
        language: 'python',
        file_name: 'main.py',
        explanation: 'It does what was asked.',
        attempts: [{ number: 1, status: 'ok', language: 'python' }],
        execution: { status: 'ok', exit_code: 0, stdout: '42\n', executor: 'local', network: 'none' },
        model: { source: 'configured', provider, name: 'test-model' },
        usage: { input_tokens: 120, output_tokens: 30 },
      });
      const text = textOf(answer);
      for (const part of [
        'status: ok',
        `${provider} test-model (configured for this server), tokens: 120 in, 30 out`,
        'print(6 * 7)',
        'It does what was asked.',
        'attempt 1: ok (python',
        '42\n',
        textField(answer, 'run_id'),
      ])
        expect(text).toContain(part);
    },
  );

  test('what it costs is said where the service says it', async () => {
    await using connection = await openModelConnection([{ text: fenced('print(1)'), costUsd: 0.0125 }]);
    const answer = await connection.client.call('generate_code', { requirement: 'Print 1.' });
    expect(answer.structuredContent).toMatchObject({ cost_usd: 0.0125 });
    expect(textOf(answer)).toContain('0.0125 USD');
  });

  test('is repaired with what it said, and the answer tells of each attempt and of the last execution', async () => {
    await using connection = await openModelConnection([
      fenced("open('first.txt', 'w').write('1')\nprint('first')\nraise SystemExit('there is no data')"),
      fenced("open('second.txt', 'w').write('2')\nprint('second')"),
    ]);
    const { client, model } = connection;
    const answer = await client.call('generate_code', { requirement: 'Say second.', language: 'python' });
    expect(answer.structuredContent).toMatchObject({
      status: 'ok',
      attempts: [
        { number: 1, status: 'runtime_error', error: expect.stringContaining('there is no data') },
        { number: 2, status: 'ok' },
      ],
      execution: { stdout: 'second\n', stderr: '', artifacts: [{ path: 'second.txt' }] },
    });
    expect(textOf(answer)).toMatch(/attempt 1: runtime_error .*there is no data/su);
    expect(model.calls[1]?.prompt?.messages.at(-1)?.text).toContain('there is no data');
    const runId = textField(answer, 'run_id');
    const output = await client.call('read_output', { run_id: runId, stream: 'stdout' });
    expect(output.structuredContent).toMatchObject({ status: 'ok', text: 'second\n', eof: true });
    const uri = `cloche://runs/${runId}`;
    expect(await client.readResource(`${uri}/artifacts/second.txt`)).toMatchObject([{ text: '2' }]);
    await expect(client.readResource(`${uri}/artifacts/first.txt`)).rejects.toThrow('not found');
    expect(await client.readResource(`${uri}/code`)).toMatchObject([
      { text: "open('second.txt', 'w').write('2')\nprint('second')\n" },
    ]);
  });

  test('that never runs well is told of as failed, with a way on', async () => {
    await using connection = await openModelConnection([
      fenced("raise SystemExit('one')"),
      fenced("raise SystemExit('two')"),
    ]);
    const answer = await connection.client.call('generate_code', { requirement: 'Fail.', max_attempts: 2 });
    expect(answer.isError).toBeFalsy();
    expect(answer.structuredContent).toMatchObject({
      status: 'failed',
      ended_by: 'attempts_used',
      code: "raise SystemExit('two')\n",
      hint: expect.stringContaining('execute_code'),
      execution: { status: 'runtime_error', exit_code: 1, stderr: 'two\n' },
    });
  });

  test('is not run where that was not asked for', async () => {
    await using connection = await openModelConnection([fenced("open('/tmp/never', 'w')", 'python')]);
    const answer = await connection.client.call('generate_code', { requirement: 'Write.', execute: false });
    expect(answer.structuredContent).toMatchObject({ status: 'not_executed', execution: null });
    expect(textOf(answer)).not.toContain('last execution');
    const listed = await connection.client.call('manage_sandbox', { action: 'list' });
    expect(listed.structuredContent).toMatchObject({ runs: [{ status: 'not_executed', stdout_bytes: 0 }] });
  });

  test('has to pass tests where there are some', async () => {
    await using connection = await openModelConnection([
      fenced('def double(x):\n    return x + 2'),
      fenced('def double(x):\n    return x * 2'),
    ]);
    const answer = await connection.client.call('generate_code', {
      requirement: 'Write double(x).',
      language: 'python',
      tests: 'from solution import double\nassert double(5) == 10, double(5)\nprint("tested")',
    });
    expect(answer.structuredContent).toMatchObject({
      status: 'ok',
      file_name: 'solution.py',
      attempts: [{ status: 'runtime_error' }, { status: 'ok' }],
      execution: { stdout: 'tested\n' },
    });
  });

  test('tests in no language are refused before a model is asked', async () => {
    await using connection = await openModelConnection([]);
    const answer = await connection.client.call('generate_code', { requirement: 'x', tests: 'assert 1' });
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain('language');
    expect(connection.model.calls).toEqual([]);
  });

  test('sees the files that go with it, as its model does', async () => {
    await using connection = await openModelConnection([fenced("print(open('data/a.csv').read())")]);
    const answer = await connection.client.call('generate_code', {
      requirement: 'Print the file.',
      context: [{ path: 'data/a.csv', content: 'a,b' }],
    });
    expect(answer.structuredContent).toMatchObject({ status: 'ok', execution: { stdout: 'a,b\n' } });
    expect(connection.model.calls[0]?.text).toContain('a,b');
  });

  test('is in the language that the model chooses, and the answer says which', async () => {
    await using connection = await openModelConnection([fenced('echo "shell $((6*7))"', 'bash')]);
    const answer = await connection.client.call('generate_code', { requirement: 'Say shell 42.' });
    expect(answer.structuredContent).toMatchObject({ language: 'bash', execution: { stdout: 'shell 42\n' } });
  });
});

describe('a session', () => {
  test('is begun, holds what the program wrote, and takes programs of both tools', async () => {
    await using connection = await openModelConnection([
      fenced("open('made.txt', 'w').write('made')"),
      fenced("print(open('made.txt').read() + open('more.txt').read())"),
    ]);
    const { client } = connection;
    const first = await client.call('generate_code', { requirement: 'Make a file.', session_id: 'new' });
    const session = textField(first, 'session_id');
    expect(textOf(first)).toContain(session);
    const more = { language: 'bash', code: 'cat made.txt; printf more > more.txt', session_id: session };
    expect((await client.call('execute_code', more)).structuredContent).toMatchObject({ stdout: 'made' });
    const last = await client.call('generate_code', { requirement: 'Print both.', session_id: session });
    expect(last.structuredContent).toMatchObject({ status: 'ok', execution: { stdout: 'mademore\n' } });
    expect((await client.call('manage_sandbox', { action: 'list' })).structuredContent).toMatchObject({
      sessions: [{ session_id: session, runs: 3 }],
    });
  });

  test('that nobody was told of is gone, and one in which nothing ran ends by itself', async () => {
    await using connection = await openModelConnection([{ failure: 'bad key' }, fenced('print(1)')], {
      bounds: { sessions: { perPrincipal: 1, idleMs: 300 } },
    });
    const { client } = connection;
    const sessions = async (): Promise<unknown> =>
      (await client.call('manage_sandbox', { action: 'list' })).structuredContent?.['sessions'];
    const failed = await client.call('generate_code', { requirement: 'x', session_id: 'new' });
    expect(failed.isError).toBe(true);
    expect(await sessions()).toEqual([]);
    const begun = await client.call('generate_code', { requirement: 'x', session_id: 'new', execute: false });
    expect(textField(begun, 'session_id')).toMatch(/^[\da-f]{32}$/u);
    await expect.poll(sessions, { timeout: 5_000 }).toEqual([]);
  });

  test('of somebody else, or that never was, is refused before a model is asked', async () => {
    await using connection = await openModelConnection([]);
    const given = { requirement: 'x', session_id: '0'.repeat(32) };
    const answer = await connection.client.call('generate_code', given);
    expect([answer.isError, textOf(answer)]).toEqual([true, expect.stringContaining('There is no session')]);
    expect(connection.model.calls).toEqual([]);
  });
});

describe('an answer', () => {
  test('stays within its bound, and the whole program is read in pages', async () => {
    const lines = Array.from({ length: 900 }, (_, index) => `print("line ${index} of a long program")`);
    const code = `${lines.join('\n')}\n`;
    await using connection = await openModelConnection([fenced(lines.join('\n'))]);
    const { client } = connection;
    const answer = await client.call('generate_code', { requirement: 'Print lines.' });
    expect(answerCharacters(answer)).toBeLessThanOrEqual(10_000);
    expect(answer.structuredContent).toMatchObject({
      status: 'ok',
      code_truncated: true,
      code_bytes: code.length,
      execution: { stdout_truncated: true },
    });
    const shown = textField(answer, 'code');
    expect(shown).toContain('line 0 of');
    expect(shown).toContain('line 899 of');
    expect(shown).toContain('read_output with stream "code"');
    const runId = textField(answer, 'run_id');
    let whole = '';
    for (let offset = 0; offset < code.length;) {
      const page = await client.call('read_output', { run_id: runId, stream: 'code', offset });
      whole += textField(page, 'text');
      offset = Number(page.structuredContent?.['next_offset']);
    }
    expect(whole).toBe(code);
  });

  test.each(['\u0000\u001B"\\', '汉字🙂', '"""'])('stays so with %j everywhere', async (unit) => {
    const noise = unit.replaceAll('\u0000', '\\x00').replaceAll('\u001B', '\\x1b');
    const code = `# ${noise.replaceAll('\\', '').repeat(3_000)}\nimport sys\nprint(${JSON.stringify(unit)} * 9000)\nsys.stderr.write(${JSON.stringify(unit)} * 9000)\nsys.exit(3)`;
    await using connection = await openModelConnection([
      fenced(code, 'python', `${unit.replaceAll('\u0000', '')} `.repeat(2_000)),
    ]);
    const given = { requirement: 'x', max_attempts: 1 };
    const answer = await connection.client.call('generate_code', given);
    expect(answer.structuredContent).toMatchObject({ status: 'failed', execution: { exit_code: 3 } });
    expect(answerCharacters(answer)).toBeLessThanOrEqual(10_000);
  });

  test('is one that read_output gives again', async () => {
    await using connection = await openModelConnection([fenced('print(1)')]);
    const { client } = connection;
    const answer = await client.call('generate_code', { requirement: 'Print 1.' });
    const again = await client.call('read_output', { run_id: textField(answer, 'run_id') });
    expect(again.structuredContent).toEqual(answer.structuredContent);
    expect(textOf(again)).toBe(textOf(answer));
  });
});
