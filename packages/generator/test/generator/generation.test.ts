import { outputText } from '@cloche/core/executor';
import { expect, test } from 'vitest';
import { generate } from '../support/generate.ts';
import { fenced, ScriptedModel } from '../support/scripted-model.ts';

test('what a model writes is run, and the answer carries the proof', async () => {
  const model = new ScriptedModel(fenced('python', 'print("hello")', 'It prints hello.'));
  const { result } = await generate(model);
  expect(result).toMatchObject({
    status: 'ok',
    endedBy: 'success',
    code: 'print("hello")\n',
    language: 'python',
    fileName: 'main.py',
    explanation: 'It prints hello.',
    attempts: [{ number: 1, status: 'ok', error: null, code: 'print("hello")\n', language: 'python' }],
    model: { provider: 'scripted', model: 'scripted-model' },
    usage: { inputTokens: 10, outputTokens: 20 },
    costUsd: null,
  });
  const run = result.execution?.run;
  expect(run && outputText(run.stdout)).toBe('hello\n');
});

test('a program that fails is repaired with what it said', async () => {
  const model = new ScriptedModel(fenced('python', 'print(1 / 0)'), fenced('python', 'print("repaired")'));
  const { result } = await generate(model);
  expect(result.status).toBe('ok');
  expect(result.attempts.map(({ status }) => status)).toEqual(['runtime_error', 'ok']);
  expect(result.attempts[0]?.error).toContain('ZeroDivisionError');
});
