import type { GenerationEvent, GenerationRequest } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import { generate, openGenerator, stdoutOf } from '../support/generate.ts';
import { fenced, ScriptedModel } from '../support/scripted-model.ts';
import { openTestRunner } from '../support/test-runner.ts';

const REQUEST = { requirement: 'x', language: 'python' } as const;

describe('a model that fails', () => {
  const failure = new ClocheError({
    code: 'ERR_GENERATOR_FAILED',
    message: { en: 'The answer ended in the middle.', zh: '回答中途结束。' },
    retryable: true,
  });

  test('fails the generation, after what was told, and half a program is not run', async () => {
    const model = new ScriptedModel({ pieces: ['```python\nprint(1)\n'], failure });
    const generation = openGenerator(model).generate(REQUEST);
    const events: GenerationEvent[] = [];
    await expect(
      (async () => {
        for await (const event of generation) events.push(event);
      })(),
    ).rejects.toBe(failure);
    await expect(generation.result).rejects.toBe(failure);
    expect(events.map(({ type }) => type)).toEqual(['attempt', 'code']);
  });

  test('in a repair fails it as well, after the attempt before', async () => {
    const model = new ScriptedModel(fenced('python', 'print(1/0)'), { pieces: [], failure });
    const generation = openGenerator(model).generate(REQUEST);
    const events: GenerationEvent[] = [];
    await expect(
      (async () => {
        for await (const event of generation) events.push(event);
      })(),
    ).rejects.toBe(failure);
    expect(events.filter(({ type }) => type === 'attempted')).toHaveLength(1);
  });

  test('with an error of its own has it wrapped, its cause kept', async () => {
    const cause = new TypeError('no such thing');
    const model = new ScriptedModel({ pieces: [], failure: cause });
    const generation = openGenerator(model).generate(REQUEST);
    await expect(generation.result).rejects.toMatchObject({ code: 'ERR_GENERATOR_FAILED', cause });
  });
});

describe('a request that is refused', () => {
  const tests = { fileName: 'tests.py', language: 'python', code: 'import solution' } as const;
  test.each<[string, Partial<GenerationRequest>, string]>([
    ['says nothing', { requirement: ' \n' }, 'The requirement is empty.'],
    ['has no attempt', { maximumAttempts: 0 }, 'maximumAttempts is 0'],
    ['has half an attempt', { maximumAttempts: 1.5 }, 'maximumAttempts is 1.5'],
    ['has too few tokens', { maximumOutputTokens: 63 }, 'maximumOutputTokens is 63'],
    ['has more time than timers take', { timeoutMs: 2 ** 32 }, 'timeoutMs is'],
    ['has tests, and is not to be run', { tests, executes: false }, 'tests is given'],
    ['has input, and is not to be run', { stdin: '', executes: false }, 'stdin is given'],
    ['has arguments, and is not to be run', { arguments: ['a'], executes: false }, 'arguments is given'],
    ['has tests that test nothing', { tests: { ...tests, code: ' ' } }, 'The tests are empty'],
    [
      'has tests that nobody runs',
      { tests: { ...tests, code: 'def test_x():\n    assert 0' } },
      'only declares tests',
    ],
    [
      'has tests under the name of the program',
      { tests: { ...tests, fileName: 'solution.py' } },
      'the name of the program itself',
    ],
    [
      'has too much context',
      { context: [{ path: 'big.txt', content: 'x'.repeat(1024 * 1024) }] },
      'more than the 1048576',
    ],
    ['has context outside', { context: [{ path: '../up', content: '' }] }, 'leaves the work directory'],
    ['has a limit out of bounds', { limits: { memoryBytes: 1 } }, 'The limit memoryBytes is 1'],
  ])('because it %s costs no token', async (_, change, message) => {
    const model = new ScriptedModel(fenced('python', 'print(1)'));
    const generation = openGenerator(model).generate({ ...REQUEST, ...change });
    await expect(generation.result).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
    const error = await generation.result.catch((reason: unknown) => reason as ClocheError);
    expect(error).toMatchObject({ message: expect.stringContaining(message) as string });
    expect((error as ClocheError).localizedMessage('zh')).not.toBe((error as ClocheError).message);
    expect(model.prompts).toEqual([]);
  });
});

describe('a language that is not there', () => {
  test.each(['local', 'auto'])('is chosen anew where the model chose it, on %s', async (executor) => {
    const model = new ScriptedModel(fenced('rust', 'fn main() {}'), fenced('python', 'print("then so")'));
    const runner = openTestRunner({ without: 'rust' });
    const generator = openGenerator(model, runner);
    const { result } = generator.generate({ requirement: 'x', language: null }, { executor });
    expect(stdoutOf(await result)).toBe('then so\n');
    expect((await result).attempts).toMatchObject([
      {
        status: 'not_executed',
        language: 'rust',
        error: expect.stringContaining('cannot run Rust') as string,
      },
      { status: 'ok', language: 'python' },
    ]);
    expect(model.prompts[1]?.messages.at(-1)?.text).toContain('cannot run Rust');
  });

  test('is an error where somebody asked for it', async () => {
    const model = new ScriptedModel(fenced('rust', 'fn main() {}'));
    const runner = openTestRunner({ without: 'rust' });
    const { result } = openGenerator(model, runner).generate({ requirement: 'x', language: 'rust' });
    await expect(result).rejects.toMatchObject({ code: 'ERR_LANGUAGE_UNSUPPORTED' });
  });

  test('is an error where no attempt is left', async () => {
    const model = new ScriptedModel(fenced('rust', 'fn main() {}'));
    const runner = openTestRunner({ without: 'rust' });
    const request = { requirement: 'x', language: null, maximumAttempts: 1 };
    const { result } = openGenerator(model, runner).generate(request);
    await expect(result).rejects.toMatchObject({ code: 'ERR_LANGUAGE_UNSUPPORTED' });
  });
});

test('what the runner refuses is the failure of the generation', async () => {
  const model = new ScriptedModel(fenced('python', 'print(1)'));
  const { result } = openGenerator(model).generate(REQUEST, { executor: 'nowhere' });
  await expect(result).rejects.toMatchObject({ code: 'ERR_EXECUTOR_NOT_FOUND' });
});

test('a missing package is answered with those that are there', async () => {
  const model = new ScriptedModel(
    fenced('python', 'import there_is_no_such_package'),
    fenced('python', 'print("without")'),
  );
  const { result, events } = await generate(model);
  expect(stdoutOf(result)).toBe('without\n');
  const failure = model.prompts[1]?.messages.at(-1)?.text ?? '';
  expect(failure).toMatch(
    /Packages that are installed:\n<packages>\n.+\n<\/packages>|No package is installed/u,
  );
  const results = events.filter((event) => event.type === 'execution' && event.event.type === 'result');
  expect(results).toHaveLength(2);
});
