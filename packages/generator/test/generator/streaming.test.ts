import { setImmediate as turn } from 'node:timers/promises';
import type { CodeModel, GenerationEvent } from '@cloche/core';
import { expect, test, vi } from 'vitest';
import { openGenerator } from '../support/generate.ts';
import { fenced, ScriptedModel } from '../support/scripted-model.ts';
import { openTestRunner } from '../support/test-runner.ts';

const REQUEST = { requirement: 'x', language: 'python' } as const;
const USAGE = { inputTokens: 1, outputTokens: 1 };

test('each piece of the program is passed on before the model writes the next one', async () => {
  const pieces = ['```python\n', 'print(', '"a', 'b")', '\n', '```\n'];
  const seen: string[] = [];
  const arrivals: string[] = [];
  const model: CodeModel = {
    provider: 'patient',
    model: null,
    async write(_, { onText }) {
      for (const piece of pieces) {
        onText(piece);
        // One turn of the event loop is all that its way to the consumer may take.
        await turn();
        arrivals.push(seen.join(''));
      }
      return { text: pieces.join(''), ending: 'stop', usage: USAGE, model: null, costUsd: null };
    },
  };
  for await (const event of openGenerator(model).generate(REQUEST)) {
    if (event.type === 'code') seen.push(event.text);
  }
  expect(arrivals).toEqual(['', 'print(', 'print("a', 'print("ab")', 'print("ab")\n', 'print("ab")\n']);
});

test('a model that does not stream is told whole', async () => {
  const text = fenced('python', 'print(1)');
  const model = new ScriptedModel({ pieces: [text], isWhole: true });
  const code: string[] = [];
  for await (const event of openGenerator(model).generate(REQUEST)) {
    if (event.type === 'code') code.push(event.text);
  }
  expect(code.join('')).toBe('print(1)\n');
});

test('what was told and is not the program is replaced by what is written', async () => {
  const draft = '```python\nprint("draft")\n```\n\nBetter:\n\n```python\nprint("corrected")\n```\n';
  const events: GenerationEvent[] = [];
  for await (const event of openGenerator(new ScriptedModel(draft)).generate(REQUEST)) events.push(event);
  const told = events.flatMap((event) => (event.type === 'code' ? [event.text] : [])).join('');
  const written = events.find((event) => event.type === 'written');
  expect(told).toBe('print("draft")\n');
  expect(written).toMatchObject({ code: 'print("corrected")\n', fileName: 'main.py' });
});

test('the run begins within 30 ms of the last token', async () => {
  const runner = openTestRunner();
  const delays: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const model = new ScriptedModel(fenced('python', 'print(1)'));
    const generation = openGenerator(model, runner).generate(REQUEST);
    let startedAtMs: number | null = null;
    for await (const event of generation) {
      if (event.type !== 'execution' || event.event.type !== 'stage') continue;
      if (event.event.stage === 'run') startedAtMs ??= performance.now();
    }
    delays.push((startedAtMs ?? Infinity) - (model.endedAtMs[0] ?? 0));
  }
  // The quickest: what else this machine does is not the generator's.
  expect(Math.min(...delays)).toBeLessThan(30);
});

test('the executor gets ready while the model still writes', async () => {
  const runner = openTestRunner();
  const prepare = vi.spyOn(runner, 'prepare');
  const text = fenced('bash', 'echo 1');
  const model: CodeModel = {
    provider: 'slow',
    model: null,
    async write(_, { onText }) {
      await vi.waitFor(() => expect(prepare).toHaveResolved());
      onText(text);
      return { text, ending: 'stop', usage: USAGE, model: null, costUsd: null };
    },
  };
  const result = await openGenerator(model, runner).generate({ requirement: 'x', language: 'bash' }).result;
  expect(result.status).toBe('ok');
  expect(prepare.mock.calls.map(([language]) => language)).toEqual(['bash']);
});
