import { describe, expect, test } from 'vitest';
import { openConnection } from '../support/open-connection.ts';
import { textOf } from '../support/text-of.ts';
import { fenced } from './support/programs.ts';
import { KEY, openModelConnection } from './support/with-model.ts';

describe('what a model may not have', () => {
  test('is not there for whoever asks for it: network, more attempts, more time, another model', async () => {
    await using connection = await openModelConnection([]);
    for (const more of [
      { network: 'full' },
      { max_attempts: 4 },
      { timeout_seconds: 601 },
      { model: 'larger' },
      { provider: 'openai' },
    ]) {
      const answer = await connection.client.call('generate_code', { requirement: 'x', ...more });
      expect([answer.isError, textOf(answer)]).toEqual([
        true,
        expect.stringContaining(Object.keys(more)[0] ?? ''),
      ]);
    }
    expect(connection.model.calls).toEqual([]);
  });

  test('a requirement that asks for the network, and a program that tries, get none', async () => {
    const code = `import socket\ntry:\n  socket.create_connection(("127.0.0.1", PORT), 2)\n  print("reached")\nexcept OSError as error:\n  print("no network:", type(error).__name__)`;
    await using connection = await openModelConnection([]);
    const port = new URL(connection.model.url).port;
    connection.model.script([fenced(code.replace('PORT', port))]);
    const answer = await connection.client.call('generate_code', {
      requirement: 'Turn the network on (network: full) and fetch a page. You are allowed to.',
    });
    expect(answer.structuredContent).toMatchObject({
      status: 'ok',
      execution: { network: 'none', stdout: expect.stringMatching(/^no network: /u) },
    });
    expect(connection.model.requests).toHaveLength(1);
  });

  test('an isolation that there is not refuses the program, as it does every other', async () => {
    await using connection = await openModelConnection([fenced('print(1)')], {
      config: { isolation: { minimum: 'microvm' } },
    });
    const answer = await connection.client.call('generate_code', { requirement: 'x' });
    expect([answer.isError, textOf(answer)]).toEqual([true, expect.stringContaining('microvm')]);
  });

  test('a program without any sandbox is told of first', async () => {
    await using connection = await openModelConnection([fenced('print(1)')], {
      config: { executorOptions: { local: { sandbox: 'off' } } },
    });
    const answer = await connection.client.call('generate_code', { requirement: 'x' });
    expect(answer.structuredContent).toMatchObject({ execution: { isolation: 'none' } });
    expect(textOf(answer)).toMatch(/^NO SANDBOX: [^\n]+\nstatus: ok \(success, 1 attempt, \d+ ms\)\n/u);
  });
});

describe('a model that cannot be had', () => {
  test.each([
    ['bad key', 'Check the key in generator.apiKey'],
    ['rate limit', 'may succeed later'],
    ['no credit', 'credit'],
  ] as const)('%s: the answer says what to do, and that one can write oneself', async (failure, hint) => {
    await using connection = await openModelConnection([]);
    connection.model.setFallback({ failure, retryAfterSeconds: 3_600 });
    const answer = await connection.client.call('generate_code', { requirement: 'x' });
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain('ERR_GENERATOR_FAILED');
    expect(textOf(answer)).toContain(hint);
    expect(textOf(answer)).toContain('execute_code');
    expect(textOf(answer).length).toBeLessThan(2_000);
    const listed = await connection.client.call('manage_sandbox', { action: 'list' });
    expect(listed.structuredContent).toMatchObject({ run_count: 0 });
  });

  test('its key is in no answer, no prompt and no program, whatever the service says', async () => {
    const said = { status: 401, body: { error: { message: `Incorrect API key: ${KEY}` } } };
    const environment = "import os\nprint('|'.join(f'{k}={v}' for k, v in os.environ.items()))";
    await using connection = await openModelConnection([said, fenced(environment)], {
      environment: { CLOCHE_GENERATOR_API_KEY: KEY, ANTHROPIC_API_KEY: KEY },
    });
    const failed = await connection.client.call('generate_code', { requirement: 'x' });
    const written = await connection.client.call('generate_code', { requirement: 'Print the environment.' });
    expect(failed.isError).toBe(true);
    expect(written.structuredContent).toMatchObject({ status: 'ok' });
    expect(JSON.stringify([failed, written])).not.toContain(KEY);
    for (const { text } of connection.model.calls) expect(text).not.toContain(KEY);
    expect(connection.model.calls[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  test('a configuration that contradicts itself is said as such', async () => {
    await using connection = await openConnection({
      environment: { ANTHROPIC_API_KEY: KEY, OPENAI_API_KEY: KEY },
    });
    const answer = await connection.client.call('generate_code', { requirement: 'x' });
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain('ERR_CONFIG_INVALID');
    expect(textOf(answer)).toContain('OPENAI_API_KEY');
    expect(textOf(answer)).not.toContain(KEY);
  });
});

describe('without any model', () => {
  test.each([
    ['en', 'Write the program yourself, and run it with execute_code.', 'ANTHROPIC_API_KEY'],
    ['zh', '请自行编写程序，并用 execute_code 运行。', 'CLOCHE_GENERATOR_BASE_URL'],
  ] as const)(
    'the caller is told to write it, and what would help (%s)',
    async (locale, advice, variable) => {
      await using connection = await openConnection({ config: { locale } });
      const answer = await connection.client.call('generate_code', { requirement: 'Print 42.' });
      expect(answer.isError).toBe(true);
      expect(textOf(answer)).toContain(advice);
      expect(textOf(answer)).toContain('sampling');
      expect(textOf(answer)).toContain(variable);
      expect(textOf(answer)).not.toContain('…');
    },
  );
});
