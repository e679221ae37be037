import type { GenerationEvent } from '@cloche/core';
import { startModelServer } from '@cloche/model-test-server';
import { describe, expect, test, vi } from 'vitest';
import { openCodeModel } from '../../src/index.ts';
import { MARKER_KEY, PROVIDERS, resolvedAt } from '../models/support/test-models.ts';
import { openGenerator, stdoutOf } from '../support/generate.ts';
import { fenced } from '../support/scripted-model.ts';

const REQUEST = { requirement: 'Print a word.', language: 'python' } as const;

/** The whole way: the AI SDK, the service's own wire format, and programs that run. */
describe.each(PROVIDERS)('%s', (provider) => {
  test('writes, is shown the failure, repairs, and is paid for both', async () => {
    await using server = await startModelServer();
    server.script([fenced('python', 'print(wrod)'), fenced('python', 'print("word")')]);
    const generation = openGenerator(openCodeModel(resolvedAt(server, provider))).generate(REQUEST);
    const events: GenerationEvent[] = [];
    for await (const event of generation) events.push(event);
    const result = await generation.result;
    expect(stdoutOf(result)).toBe('word\n');
    expect(result.model).toEqual({ provider, model: 'test-model' });
    expect(result.usage).toEqual({ inputTokens: 20, outputTokens: 40 });
    const [first, second] = server.calls.map(({ prompt }) => prompt);
    expect(first?.messages).toHaveLength(1);
    expect(second?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(second?.messages[2]?.text).toContain("NameError: name 'wrod' is not defined");
    expect(JSON.stringify([events, server.calls.map(({ body }) => body)])).not.toContain(MARKER_KEY);
    expect(events.filter(({ type }) => type === 'code').length).toBeGreaterThan(1);
  });

  test('cut at its length, goes on', async () => {
    await using server = await startModelServer();
    server.script([{ text: '```python\nprint("fi', ending: 'length' }, 'rst")\n```\n']);
    const { result } = openGenerator(openCodeModel(resolvedAt(server, provider))).generate(REQUEST);
    expect(stdoutOf(await result)).toBe('first\n');
  });

  test('refusing, is not asked again', async () => {
    await using server = await startModelServer();
    server.script([{ text: 'I will not.', ending: 'refused' }]);
    const { result } = openGenerator(openCodeModel(resolvedAt(server, provider))).generate(REQUEST);
    expect(await result).toMatchObject({ status: 'failed', endedBy: 'refused', execution: null });
    expect(server.calls).toHaveLength(1);
  });

  test.each(['cut', 'closed', 'unfinished', 'reset'] as const)(
    'with its stream %s, fails, and half a program is not run',
    async (fault) => {
      await using server = await startModelServer();
      server.script([
        { text: fenced('python', 'print(1)\nprint(2)'), pieceLength: 8, fault, piecesBeforeFault: 3 },
      ]);
      const model = openCodeModel(resolvedAt(server, provider), { maximumRetries: 0 });
      const generation = openGenerator(model).generate(REQUEST);
      const types: string[] = [];
      await expect(
        (async () => {
          for await (const event of generation) types.push(event.type);
        })(),
      ).rejects.toMatchObject({ code: 'ERR_GENERATOR_FAILED', retryable: true });
      expect(new Set(types)).toEqual(new Set(['attempt', 'code']));
    },
  );

  test('cancelled in the middle of its stream, is left at once', async () => {
    await using server = await startModelServer();
    server.script([
      { text: fenced('python', 'print(1)'), pieceLength: 4, fault: 'silence', piecesBeforeFault: 5 },
    ]);
    const abort = new AbortController();
    const model = openCodeModel(resolvedAt(server, provider));
    const generation = openGenerator(model).generate(REQUEST, { signal: abort.signal });
    for await (const event of generation) {
      if (event.type === 'code') abort.abort();
    }
    expect(await generation.result).toMatchObject({ status: 'cancelled', execution: null });
    await vi.waitFor(() => expect(server.calls[0]?.isAborted).toBe(true));
  });
});
