import type { CodeModel, ModelAnswer } from '@cloche/core';
import { startModelServer } from '@cloche/model-test-server';
import type { FixedReply, RecordedRequest } from '@cloche/model-test-server';
import { expect, test } from 'vitest';
import { openCodeModel } from '../../src/index.ts';
import { resolvedAt } from './support/test-models.ts';

function writeLong(model: CodeModel, maximumOutputTokens = 32_000): Promise<ModelAnswer> {
  const prompt = { system: 's', messages: [{ role: 'user', text: 'u' }], maximumOutputTokens } as const;
  return model.write(prompt, { signal: new AbortController().signal, onText: () => undefined });
}

/** Refuses answers that are longer than `most` in the given words. */
function atMost(most: number, words: (asked: number) => string, status = 400) {
  return ({ prompt }: RecordedRequest): FixedReply => {
    const asked = prompt?.maximumOutputTokens ?? 0;
    if (asked <= most) return 'short enough';
    return { status, body: { error: { message: words(asked), type: 'invalid_request_error', code: null } } };
  };
}

/** How services say it, and what they are then asked for. */
const REFUSALS: Readonly<Record<string, [words: (asked: number) => string, most: number, asked: number[]]>> =
  {
    OpenAI: [
      (asked) =>
        `max_tokens is too large: ${asked}. This model supports at most 16384 completion tokens, whereas you provided ${asked}.`,
      16_384,
      [32_000, 16_384],
    ],
    DeepSeek: [
      () => 'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]',
      8192,
      [32_000, 8192],
    ],
    Qwen: [() => 'Range of max_tokens should be [1, 8192]', 8192, [32_000, 8192]],
    Groq: [
      () =>
        '`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the `context_window` for this model',
      8192,
      [32_000, 8192],
    ],
    vLLM: [
      (asked) =>
        `'max_tokens' or 'max_completion_tokens' is too large: ${asked}. This model's maximum context length is 8192 tokens and your request has 100 input tokens (${asked} > 8192 - 100).`,
      8092,
      [32_000, 8192, 4096],
    ],
    'vLLM, earlier': [
      (asked) =>
        `This model's maximum context length is 8192 tokens. However, you requested ${asked + 100} tokens (100 in the messages, ${asked} in the completion).`,
      8092,
      [32_000, 8192, 4096],
    ],
    'one that names no number': [
      () => 'max_tokens exceeds what this model can write',
      8000,
      [32_000, 16_000, 8000],
    ],
  };

test.each(Object.entries(REFUSALS))(
  '%s refuses so long an answer: a shorter one is asked for, from then on',
  async (_name, [words, most, asked]) => {
    await using server = await startModelServer();
    server.setFallback(atMost(most, words));
    const model = openCodeModel(resolvedAt(server, 'compatible'));
    expect((await writeLong(model)).text).toBe('short enough');
    expect(server.calls.map(({ prompt }) => prompt?.maximumOutputTokens)).toEqual(asked);
    server.forgetRequests();
    await writeLong(model);
    await writeLong(model, 2000);
    expect(server.calls.map(({ prompt }) => prompt?.maximumOutputTokens)).toEqual([asked.at(-1), 2000]);
  },
);

test('anthropic: the same in its own words', async () => {
  await using server = await startModelServer();
  server.setFallback(
    atMost(
      8192,
      (asked) => `max_tokens: ${asked} > 8192, which is the maximum allowed number of output tokens`,
    ),
  );
  expect((await writeLong(openCodeModel(resolvedAt(server, 'anthropic')))).text).toBe('short enough');
});

test('where no useful length is allowed, it gives up and says what to set', async () => {
  await using server = await startModelServer();
  server.setFallback(atMost(10, () => 'max_tokens exceeds what this model can write'));
  await expect(writeLong(openCodeModel(resolvedAt(server, 'compatible')), 4000)).rejects.toMatchObject({
    code: 'ERR_GENERATOR_FAILED',
    message: expect.stringContaining('does not write answers as long as asked for') as string,
    hint: expect.stringContaining('CLOCHE_GENERATOR_MAX_OUTPUT_TOKENS') as string,
    text: { message: { zh: expect.stringContaining('无法写出') as string } },
  });
  expect(server.calls.map(({ prompt }) => prompt?.maximumOutputTokens)).toEqual([4000, 2000]);
});

test('a prompt that is too long by itself is not asked again', async () => {
  await using server = await startModelServer();
  server.setFallback({ failure: 'context too long' });
  await expect(writeLong(openCodeModel(resolvedAt(server, 'openai')))).rejects.toThrow(
    'longer than test-model can read',
  );
  expect(server.calls).toHaveLength(1);
});

test('a setting that is not known at all is not the length of the answer', async () => {
  await using server = await startModelServer();
  const message = "Unsupported parameter: 'max_tokens' is not supported with this model.";
  server.setFallback({ status: 400, body: { error: { message, code: 'unsupported_parameter' } } });
  await expect(writeLong(openCodeModel(resolvedAt(server, 'compatible')))).rejects.toThrow(
    'refuses the request',
  );
  expect(server.calls).toHaveLength(1);
});

test('what refuses any length is not asked for ever', async () => {
  await using server = await startModelServer();
  server.setFallback(atMost(0, (asked) => `max_tokens is too large: at most ${asked - 1}`));
  const model = openCodeModel(resolvedAt(server, 'compatible'));
  await expect(writeLong(model)).rejects.toMatchObject({ code: 'ERR_GENERATOR_FAILED' });
  expect(server.calls.length).toBeLessThan(10);
});
