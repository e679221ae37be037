import { outputText } from '@cloche/core/executor';
import { expect, test } from 'vitest';
import { generate, openGenerator, stdoutOf } from '../support/generate.ts';
import { fenced, ScriptedModel } from '../support/scripted-model.ts';
import { openTestRunner } from '../support/test-runner.ts';

test('what a model writes is run, and the answer carries the proof', async () => {
  const model = new ScriptedModel({
    pieces: [fenced('python', 'print("hello")', 'It prints hello.')],
    model: 'scripted-model-2026',
    costUsd: 0.25,
  });
  const { result } = await generate(model);
  expect(result).toMatchObject({
    status: 'ok',
    endedBy: 'success',
    code: 'print("hello")\n',
    language: 'python',
    fileName: 'main.py',
    explanation: 'It prints hello.',
    attempts: [{ number: 1, status: 'ok', error: null, code: 'print("hello")\n', language: 'python' }],
    model: { provider: 'scripted', model: 'scripted-model-2026' },
    usage: { inputTokens: 10, outputTokens: 20 },
    costUsd: 0.25,
  });
  expect(stdoutOf(result)).toBe('hello\n');
});

test('a program that fails is repaired with what it said', async () => {
  const model = new ScriptedModel(fenced('python', 'print(1 / 0)'), fenced('python', 'print("repaired")'));
  const { result } = await generate(model);
  expect(result.status).toBe('ok');
  expect(stdoutOf(result)).toBe('repaired\n');
  expect(result.attempts.map(({ status }) => status)).toEqual(['runtime_error', 'ok']);
  expect(result.attempts[0]?.error).toContain('ZeroDivisionError');
  expect(result.usage).toEqual({ inputTokens: 20, outputTokens: 40 });
  expect(result.costUsd).toBeNull();
  const [task, answer, failure, ...more] = model.prompts[1]?.messages ?? [];
  expect(more).toEqual([]);
  expect(task).toEqual(model.prompts[0]?.messages[0]);
  expect(answer).toEqual({ role: 'assistant', text: '```python\nprint(1 / 0)\n```' });
  expect(failure?.role).toBe('user');
  expect(failure?.text).toContain('exit code 1');
  expect(failure?.text).toMatch(/<stderr>\nTraceback[^]*ZeroDivisionError: division by zero\n<\/stderr>/u);
  // What really ran, as the run itself said it.
  expect(failure?.text).toContain(`Python ${result.execution?.toolchainVersion ?? '?'}.`);
});

test('the events tell the whole story, in order, the result last', async () => {
  const model = new ScriptedModel(fenced('python', 'import sys\nsys.exit(3)'), fenced('python', 'print(7)'));
  const { events, result } = await generate(model);
  const types = events.map((event) => (event.type === 'execution' ? `run ${event.event.type}` : event.type));
  const story = types.filter((type, index) => type !== types[index - 1]);
  expect(story.join(', ')).toBe(
    'attempt, code, written, run stage, run result, attempted, ' +
      'attempt, code, written, run stage, run stdout, run stage, run result, attempted, result',
  );
  const code = events.flatMap((event) => (event.type === 'code' ? [event.text] : [])).join('');
  expect(code).toBe('import sys\nsys.exit(3)\nprint(7)\n');
  expect(events.at(-1)).toEqual({ type: 'result', result });
  const attempted = events.flatMap((event) => (event.type === 'attempted' ? [event.attempt] : []));
  expect(attempted).toEqual(result.attempts);
});

test('a generation that nobody iterates goes on by itself', async () => {
  const model = new ScriptedModel(fenced('python', 'print("alone")'));
  const generation = openGenerator(model).generate({ requirement: 'x', language: 'python' });
  expect(stdoutOf(await generation.result)).toBe('alone\n');
});

test('a program is only written where running it was not asked for', async () => {
  const model = new ScriptedModel(fenced('go', 'package main\n\nfunc main() {}'));
  const { result, events } = await generate(model, { language: 'go', executes: false });
  expect(result).toMatchObject({
    status: 'not_executed',
    endedBy: 'not_asked_to_run',
    fileName: 'main.go',
    execution: null,
    attempts: [{ status: 'not_executed', error: null }],
  });
  expect(events.filter(({ type }) => type === 'execution')).toEqual([]);
  // Where it will run is the reader's affair.
  expect(model.prompts[0]?.messages[0]?.text).not.toContain('No network');
});

test('context is shown to the model, and lies where its program runs', async () => {
  const model = new ScriptedModel(fenced('python', 'print(open("data/prices.csv").read(), end="")'));
  const context = [
    { path: 'data/prices.csv', content: 'name,price\npear,3\n' },
    { path: 'logo.png', content: Uint8Array.of(137, 80, 78, 71, 0, 255) },
  ];
  const { result } = await generate(model, { context });
  expect(stdoutOf(result)).toBe('name,price\npear,3\n');
  const task = model.prompts[0]?.messages[0]?.text;
  expect(task).toContain('<file path="data/prices.csv">\nname,price\npear,3\n</file>');
  expect(task).toContain('<file path="logo.png">\n(no text: 6 bytes)\n</file>');
});

test('a program that is given to be changed is replaced by the changed one', async () => {
  const model = new ScriptedModel(fenced('python', 'print("new")'));
  const { result } = await generate(model, { context: [{ path: 'main.py', content: 'print("old")\n' }] });
  expect(model.prompts[0]?.messages[0]?.text).toContain('print("old")');
  expect(stdoutOf(result)).toBe('new\n');
});

test('arguments, standard input and limits are those of the request', async () => {
  const code = 'import sys\nprint(sys.argv[1:], sys.stdin.read())\nimport time\ntime.sleep(60)';
  const model = new ScriptedModel(fenced('python', code));
  const { result } = await generate(model, {
    arguments: ['--fast', 'two words'],
    stdin: 'read me',
    limits: { runTimeoutMs: 1500 },
    maximumAttempts: 1,
  });
  expect(result.attempts[0]).toMatchObject({ status: 'timeout' });
  expect(result.attempts[0]?.error).toContain('longer than 1.5 s');
  const run = result.execution?.run;
  expect(run && outputText(run.stdout)).toBe("['--fast', 'two words'] read me\n");
  const task = model.prompts[0]?.messages[0]?.text;
  expect(task).toContain('Arguments: ["--fast","two words"]');
  expect(task).toContain('Time: 1.5 s.');
  expect(task).toContain('Standard input: given, 7 bytes.');
  // It may be private, and nothing but the program needs it.
  expect(task).not.toContain('read me');
});

test('the model chooses the language where nobody does, and the result says which', async () => {
  const model = new ScriptedModel(fenced('bash', 'echo "from $BASH_VERSION" | cut -c1-4'));
  const { result } = await generate(model, { language: null });
  expect(result).toMatchObject({ status: 'ok', language: 'bash', fileName: 'main.sh' });
  expect(stdoutOf(result)).toBe('from\n');
});

test('in a session, programs find what earlier ones left', async () => {
  const runner = openTestRunner();
  await using session = runner.openSession();
  const write = new ScriptedModel(fenced('python', 'open("kept.txt", "w").write("kept")'));
  await openGenerator(write, runner).generate({ requirement: 'x', language: 'python' }, { session }).result;
  const read = new ScriptedModel(fenced('bash', 'cat kept.txt missing.txt'), fenced('bash', 'cat kept.txt'));
  const generator = openGenerator(read, runner);
  const { result } = generator.generate({ requirement: 'x', language: 'bash' }, { session });
  expect(stdoutOf(await result)).toBe('kept');
  expect((await result).attempts[0]?.error).toContain('missing.txt');
});

test('the next generation is told the version that ran before', async () => {
  const model = new ScriptedModel(fenced('python', 'print(1)'), fenced('python', 'print(2)'));
  const generator = openGenerator(model);
  const request = { requirement: 'x', language: 'python' } as const;
  const { execution } = await generator.generate(request).result;
  await generator.generate(request).result;
  const version = execution?.toolchainVersion ?? 'none';
  expect(model.prompts.map(({ messages }) => messages[0]?.text.includes(version))).toEqual([false, true]);
});
