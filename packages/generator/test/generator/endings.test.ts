import { describe, expect, test } from 'vitest';
import { generate, stdoutOf } from '../support/generate.ts';
import { fenced, ScriptedModel } from '../support/scripted-model.ts';
import type { ScriptedReply } from '../support/scripted-model.ts';

const failing = (number: number): string => fenced('python', `import sys\nsys.exit(${number})`);

test('a program that comes again ends it, and is not run again', async () => {
  const again = fenced('python', 'import sys   \n\nsys.exit(1)\n', 'Corrected.');
  const model = new ScriptedModel(failing(1), again, fenced('python', 'print("never asked for")'));
  const { result, events } = await generate(model);
  expect(result).toMatchObject({ status: 'failed', endedBy: 'repeated' });
  expect(result.attempts.map(({ status }) => status)).toEqual(['runtime_error', 'repeated']);
  expect(result.execution?.run?.exitCode).toBe(1);
  const runs = events.filter((event) => event.type === 'execution' && event.event.type === 'result');
  expect(runs).toHaveLength(1);
  expect(model.repliesLeft).toBe(1);
});

test('a program that comes again later ends it as well', async () => {
  const model = new ScriptedModel(failing(1), failing(2), failing(1));
  const { result } = await generate(model, { maximumAttempts: 5 });
  expect(result.endedBy).toBe('repeated');
  expect(result.attempts).toHaveLength(3);
});

test('the attempts are used', async () => {
  const model = new ScriptedModel(failing(1), failing(2), failing(3));
  const { result } = await generate(model, { maximumAttempts: 2 });
  expect(result).toMatchObject({ status: 'failed', endedBy: 'attempts_used' });
  expect(result.attempts.map(({ status }) => status)).toEqual(['runtime_error', 'runtime_error']);
  expect(result.code).toContain('sys.exit(2)');
  expect(result.execution?.run?.exitCode).toBe(2);
  expect(model.repliesLeft).toBe(1);
});

describe('the tokens are used', () => {
  test('by what the service counts, and each answer may have what is left', async () => {
    const usage = { inputTokens: 5, outputTokens: 80 };
    const reply = (number: number): ScriptedReply => ({ pieces: [failing(number)], usage });
    const model = new ScriptedModel(reply(1), reply(2), reply(3));
    const { result } = await generate(model, { maximumOutputTokens: 200 });
    expect(result).toMatchObject({ status: 'failed', endedBy: 'tokens_used' });
    expect(model.prompts.map(({ maximumOutputTokens }) => maximumOutputTokens)).toEqual([200, 120]);
    expect(result.usage).toEqual({ inputTokens: 10, outputTokens: 160 });
  });

  test('by the length of the text where the service counts nothing', async () => {
    const usage = { inputTokens: null, outputTokens: null };
    const model = new ScriptedModel({ pieces: [failing(1)], usage }, failing(2));
    const { result } = await generate(model, { maximumOutputTokens: 70 });
    expect(result.endedBy).toBe('tokens_used');
    expect(result.usage).toEqual({ inputTokens: null, outputTokens: null });
  });

  test('in the middle of a program, which is then not run', async () => {
    const usage = { inputTokens: 5, outputTokens: 100 };
    const pieces = ['```python\nopen("half", "w")\nprint(1'];
    const model = new ScriptedModel({ pieces, ending: 'length', usage }, failing(2));
    const { result } = await generate(model, { maximumOutputTokens: 100 });
    expect(result).toMatchObject({ status: 'failed', endedBy: 'tokens_used', code: null, execution: null });
    expect(result.attempts.map(({ status }) => status)).toEqual(['cut']);
  });
});

describe('the time is used', () => {
  test('while the model writes', async () => {
    const model = new ScriptedModel({ pieces: ['```python\nprint(1)\n'], hangs: 'until aborted' });
    const { result } = await generate(model, { timeoutMs: 300 });
    expect(result).toMatchObject({ status: 'failed', endedBy: 'time_used', code: null, execution: null });
    expect(result.attempts).toMatchObject([{ status: 'cut', code: null }]);
    expect(result.usage).toEqual({ inputTokens: null, outputTokens: null });
    expect(result.durationMs).toBeLessThan(5000);
  });

  test('while the program runs, which is then stopped', async () => {
    const model = new ScriptedModel(fenced('python', 'print("up", flush=True)\nimport time\ntime.sleep(60)'));
    const { result } = await generate(model, { timeoutMs: 4000 });
    expect(result).toMatchObject({ status: 'failed', endedBy: 'time_used' });
    expect(result.attempts).toMatchObject([{ status: 'timeout' }]);
    expect(result.execution?.status).toBe('cancelled');
    expect(result.code).toContain('sleep');
    expect(result.durationMs).toBeLessThan(20_000);
  });
});

describe('an answer without a program', () => {
  test('a refusal ends it at once, with its words', async () => {
    const model = new ScriptedModel("I'm sorry, but I can't help with that.", failing(1));
    const { result } = await generate(model);
    expect(result).toMatchObject({ status: 'failed', endedBy: 'refused', code: null, execution: null });
    expect(result.attempts).toMatchObject([
      { status: 'refused', error: "I'm sorry, but I can't help with that." },
    ]);
    expect(model.repliesLeft).toBe(1);
  });

  test('a refusal of the service ends it, even where a program stands in it', async () => {
    const model = new ScriptedModel({ pieces: [fenced('python', 'print(1)')], ending: 'refused' });
    const { result } = await generate(model);
    expect(result).toMatchObject({ status: 'failed', endedBy: 'refused', execution: null });
  });

  test.each([
    ['nothing', '', 'was empty'],
    ['words', 'You could use a loop for this.', 'held no program'],
    ['a question', 'Which format do you want the numbers in?', 'held no program'],
    ['another language', fenced('ruby', 'puts 1'), 'It was "ruby"'],
    ['a patch', '```diff\n@@ -1,2 +1,2 @@\n-print(1)\n+print(2)\n```', 'changes to a program'],
  ])('%s is asked for once more', async (_, answer, says) => {
    const model = new ScriptedModel(answer, fenced('python', 'print("now")'));
    const { result } = await generate(model);
    expect(stdoutOf(result)).toBe('now\n');
    expect(result.attempts.map(({ status }) => status)).toEqual(['no_code', 'ok']);
    const [, said, reply] = model.prompts[1]?.messages ?? [];
    expect(said?.text.trim()).not.toBe('');
    expect(reply?.text).toContain(says);
    expect(reply?.text).toContain('in Python');
  });

  test('twice in a row is enough', async () => {
    const model = new ScriptedModel('Words.', 'More words.', fenced('python', 'print(1)'));
    const { result } = await generate(model, { maximumAttempts: 5 });
    expect(result).toMatchObject({ status: 'failed', endedBy: 'no_code', code: null, language: null });
    expect(model.repliesLeft).toBe(1);
  });

  test('is what it ends with where it was the only attempt', async () => {
    const { result } = await generate(new ScriptedModel('Words.'), { maximumAttempts: 1 });
    expect(result).toMatchObject({ status: 'failed', endedBy: 'no_code' });
  });

  test('the program before it is still the last one that was written', async () => {
    const model = new ScriptedModel(failing(4), 'Words.', 'Words again.');
    const { result } = await generate(model, { maximumAttempts: 5 });
    expect(result).toMatchObject({ endedBy: 'no_code', fileName: 'main.py' });
    expect(result.code).toContain('sys.exit(4)');
    expect(result.attempts.map(({ code }) => code === null)).toEqual([false, true, true]);
  });
});

describe('an answer that was cut at its length', () => {
  const cut = (text: string): ScriptedReply => ({ pieces: [text], ending: 'length' });

  test('is continued, and the whole program is run', async () => {
    const model = new ScriptedModel(
      cut('```python\nprint("one")\nprint("tw'),
      cut('o")\nprint("thr'),
      'ee")\n```\nIt counts.',
    );
    const { result, events } = await generate(model);
    expect(stdoutOf(result)).toBe('one\ntwo\nthree\n');
    expect(result.explanation).toBe('It counts.');
    expect(result.attempts).toHaveLength(1);
    expect(result.usage).toEqual({ inputTokens: 30, outputTokens: 60 });
    const code = events.flatMap((event) => (event.type === 'code' ? [event.text] : [])).join('');
    expect(code).toBe(result.code);
    const last = model.prompts[2]?.messages ?? [];
    expect(last.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(last[1]?.text).toBe('```python\nprint("one")\nprint("two")\nprint("thr');
    expect(last[2]?.text).toContain('Go on exactly where it stopped');
  });

  test('is not continued where only words behind the program are missing', async () => {
    const model = new ScriptedModel(cut('```python\nprint("whole")\n```\nThis program pri'));
    const { result } = await generate(model);
    expect(stdoutOf(result)).toBe('whole\n');
    expect(model.prompts).toHaveLength(1);
  });

  test.each([
    ['goes on for ever', (): ScriptedReply => cut('print("more")\n')],
    ['says nothing more', (): ScriptedReply => cut('')],
  ])('is never run where the model %s', async (_, more) => {
    const replies = Array.from({ length: 9 }, more);
    const model = new ScriptedModel(cut('```python\nopen("half", "w")\n'), ...replies);
    const { result, events } = await generate(model);
    expect(result).toMatchObject({ status: 'failed', endedBy: 'cut', code: null, execution: null });
    expect(result.attempts).toMatchObject([{ status: 'cut', code: null }]);
    expect(events.filter(({ type }) => type === 'execution' || type === 'written')).toEqual([]);
    expect(model.repliesLeft).toBeGreaterThanOrEqual(5);
  });

  test('before its first word has nothing to go on with', async () => {
    const { result } = await generate(new ScriptedModel(cut(''), failing(1)));
    expect(result).toMatchObject({ status: 'failed', endedBy: 'cut' });
  });
});
