import { startModelServer } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { openCodeModel } from '../../src/index.ts';
import { PROVIDERS, resolvedAt, write } from './support/test-models.ts';

const FENCED = '```python\nprint("ä 二 🧊")\n```\n';

describe.each(PROVIDERS)('%s', (provider) => {
  test('sends the prompt, and gives back the text in the pieces in which it comes', async () => {
    await using server = await startModelServer();
    server.script([{ text: ['```py', 'thon\nprint("ä 二 🧊', '")\n```\n'] }]);
    const model = openCodeModel(resolvedAt(server, provider));
    const pieces: string[] = [];
    const answer = await model.write(
      {
        system: 'You write programs.',
        messages: [
          { role: 'user', text: 'Write one.' },
          { role: 'assistant', text: 'This one.' },
          { role: 'user', text: 'It fails.' },
        ],
        maximumOutputTokens: 321,
      },
      { signal: new AbortController().signal, onText: (text) => pieces.push(text) },
    );
    expect(answer).toEqual({
      text: FENCED,
      ending: 'stop',
      usage: { inputTokens: 10, outputTokens: 20 },
      model: 'test-model',
      costUsd: null,
    });
    expect(pieces).toEqual(['```py', 'thon\nprint("ä 二 🧊', '")\n```\n']);
    expect(server.calls.map(({ prompt }) => prompt)).toEqual([
      {
        model: 'test-model',
        system: 'You write programs.',
        messages: [
          { role: 'user', text: 'Write one.' },
          { role: 'assistant', text: 'This one.' },
          { role: 'user', text: 'It fails.' },
        ],
        maximumOutputTokens: 321,
        streams: true,
      },
    ]);
  });

  test('hands on each piece before the next one is written', async () => {
    await using server = await startModelServer();
    // The server stays silent behind the first piece, so that only handing it on ends this test.
    server.script([{ text: ['first', 'second'], fault: 'silence' }]);
    const stop = new AbortController();
    const seen: string[] = [];
    const onText = (text: string): void => {
      seen.push(text);
      stop.abort(new Error('seen enough'));
    };
    const model = openCodeModel(resolvedAt(server, provider));
    await expect(write(model, { signal: stop.signal, onText })).rejects.toThrow('seen enough');
    expect(seen).toEqual(['first']);
  });

  test('reads bytes that are cut anywhere, even inside of characters', async () => {
    await using server = await startModelServer();
    server.script([{ text: FENCED, dripBytes: 1 }]);
    const { answer } = await write(openCodeModel(resolvedAt(server, provider)));
    expect(answer.text).toBe(FENCED);
  });

  test.each(['stop', 'length', 'refused', 'unknown'] as const)('says that it ended by %s', async (ending) => {
    await using server = await startModelServer();
    server.script([{ text: 'so far', ending }]);
    const { answer } = await write(openCodeModel(resolvedAt(server, provider)));
    expect([answer.text, answer.ending]).toEqual(['so far', ending]);
  });

  test('leaves out what the model thought', async () => {
    await using server = await startModelServer();
    server.script([{ text: 'the answer', reasoning: 'the thought' }]);
    const { answer, pieces } = await write(openCodeModel(resolvedAt(server, provider)));
    expect([answer.text, pieces.join('')]).toEqual(['the answer', 'the answer']);
  });

  test('an empty answer is one', async () => {
    await using server = await startModelServer();
    server.script([{ text: [] }]);
    const { answer } = await write(openCodeModel(resolvedAt(server, provider)));
    expect([answer.text, answer.ending]).toEqual(['', 'stop']);
  });

  test('names the model that the service says it was', async () => {
    await using server = await startModelServer();
    server.script([{ text: 'x', model: 'test-model-2026-11' }]);
    const { answer } = await write(openCodeModel(resolvedAt(server, provider)));
    expect(answer.model).toBe('test-model-2026-11');
  });

  test('cancelled, it ends with the reason, and hangs up', async () => {
    await using server = await startModelServer();
    server.script([{ instead: 'silence' }, { text: ['one', 'two'], fault: 'silence' }]);
    const model = openCodeModel(resolvedAt(server, provider));
    const reason = new Error('cancelled by the user');

    const early = new AbortController();
    const unanswered = write(model, { signal: early.signal });
    await expect.poll(() => server.calls.length).toBe(1);
    early.abort(reason);
    await expect(unanswered).rejects.toBe(reason);

    const late = new AbortController();
    const onText = (): void => late.abort(reason);
    await expect(write(model, { signal: late.signal, onText })).rejects.toBe(reason);
    await expect.poll(() => server.calls.map(({ isAborted }) => isAborted)).toEqual([true, true]);
  });

  test('cancelled before it begins, nothing is sent', async () => {
    await using server = await startModelServer();
    const reason = new Error('too late');
    const model = openCodeModel(resolvedAt(server, provider));
    await expect(write(model, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });
});

test.each(['compatible', 'openai', 'anthropic'] as const)(
  '%s: a refusal is told in its words',
  async (provider) => {
    await using server = await startModelServer();
    server.script([{ text: provider === 'anthropic' ? 'I will not.' : [], refusal: 'I will not.' }]);
    const { answer, pieces } = await write(openCodeModel(resolvedAt(server, provider)));
    expect([answer.ending, answer.text, pieces.join('')]).toEqual(['refused', 'I will not.', 'I will not.']);
  },
);

test('google: a prompt that is blocked is refused, without words', async () => {
  await using server = await startModelServer();
  server.script([{ text: 'never seen', refusal: 'blocked' }]);
  const { answer } = await write(openCodeModel(resolvedAt(server, 'google')));
  expect([answer.ending, answer.text]).toEqual(['refused', '']);
});

test('an answer without a reason for its end, but with an end, is whole', async () => {
  await using server = await startModelServer();
  server.script([{ text: 'whole', ending: null }]);
  const { answer } = await write(openCodeModel(resolvedAt(server, 'compatible')));
  expect([answer.ending, answer.text]).toEqual(['unknown', 'whole']);
});

test('gives the cost where the service says it, and null for tokens that it does not count', async () => {
  await using server = await startModelServer();
  server.script([
    { text: 'x', costUsd: 0.0125 },
    { text: 'x', usage: null },
  ]);
  const model = openCodeModel(resolvedAt(server, 'compatible'));
  expect((await write(model)).answer.costUsd).toBe(0.0125);
  const { usage, costUsd } = (await write(model)).answer;
  expect([usage, costUsd]).toEqual([{ inputTokens: null, outputTokens: null }, null]);
});

test('openai is told not to keep prompt and answer', async () => {
  await using server = await startModelServer();
  server.script(['x']);
  await write(openCodeModel(resolvedAt(server, 'openai')));
  expect(server.calls[0]?.body).toMatchObject({ store: false });
});

test('opening a model sends nothing; where none is named, the only one that is offered writes', async () => {
  await using server = await startModelServer({ models: ['qwen-coder'] });
  server.setFallback('x');
  const model = openCodeModel(resolvedAt(server, 'compatible', { model: null }));
  expect([model.provider, model.model, server.requests.length]).toEqual(['compatible', null, 0]);
  await write(model);
  await write(model);
  expect(model.model).toBe('qwen-coder');
  expect(server.requests.map(({ path }) => path)).toEqual([
    '/v1/models',
    '/v1/chat/completions',
    '/v1/chat/completions',
  ]);
  expect(server.calls[0]?.prompt?.model).toBe('qwen-coder');
});

test.each(PROVIDERS)(
  '%s: counts that cannot be are not said, and a name is no longer than a name',
  async (provider) => {
    await using server = await startModelServer();
    server.script([
      { text: 'x', usage: { inputTokens: 1e300, outputTokens: -1_000_000 }, model: 'm'.repeat(100_000) },
    ]);
    const { usage, model } = (await write(openCodeModel(resolvedAt(server, provider)))).answer;
    expect(usage).toEqual({ inputTokens: null, outputTokens: null });
    expect(model?.length).toBe(200);
  },
);
