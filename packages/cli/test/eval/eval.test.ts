import type { ModelReply, ModelServer, RecordedRequest } from '@cloche/model-test-server';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EvalReport } from '../../eval/eval-report.ts';
import { readTasks } from '../../eval/eval-tasks.ts';
import type { CliResult } from '../support/cli-process.ts';
import { cliEnvironment, endOf } from '../support/cli-process.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { plant, temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

const PROGRAM = path.join(import.meta.dirname, '../../eval/main.ts');
const TASKS = path.join(import.meta.dirname, '../../eval/tasks.toml');
const SOLUTIONS_TEXT = readFileSync(path.join(import.meta.dirname, 'reference-solutions.toml'), 'utf8');

const SOLUTIONS = parse(SOLUTIONS_TEXT) as Readonly<Record<string, string>>;
const OWN_TASKS = await readTasks(TASKS);
const TWO_TASKS = ['python-roman', 'bash-sum'] as const;
const ONLY_TWO = TWO_TASKS.flatMap((id) => ['--only', id]);

/** The task that a prompt is about, by its requirement. */
function taskOf({ prompt }: RecordedRequest): (typeof OWN_TASKS)[number] {
  const text = prompt?.messages.map((message) => message.text).join('\n') ?? '';
  const found = OWN_TASKS.find(({ requirement }) => text.includes(requirement));
  if (found === undefined) throw new Error('The prompt has no requirement of a task.');
  return found;
}

/** A model that knows every answer. */
function knowing(request: RecordedRequest): string {
  const { id, language } = taskOf(request);
  return answer(SOLUTIONS[id] ?? '', language);
}

/** Two tasks each of whose programs takes so many attempts. */
function rightAtAttempt(attempt: number): ModelReply {
  const counts = new Map<string, number>();
  return (request) => {
    const { id, language } = taskOf(request);
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count < attempt ? answer(`no_such_command_${count}`, language) : knowing(request);
  };
}

/** Kept from one test run to the next, as a user's cache is: Go's standard library takes its time. */
const SHARED_CACHE = path.join(import.meta.dirname, '../../../../node_modules/.cache/cloche/test-cache');

async function runEval(words: readonly string[], server: ModelServer | null = null): Promise<CliResult> {
  const directory = temporaryDirectoryOfTest();
  const child = spawn(process.execPath, ['--conditions=@cloche/source', PROGRAM, ...words], {
    cwd: directory,
    env: cliEnvironment(directory, {
      CLOCHE_HOME: '',
      XDG_CACHE_HOME: SHARED_CACHE,
      ...(server === null ? {} : modelEnvironment(server)),
    }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  child.stdin.end();
  return endOf(child);
}

async function reportOf(words: readonly string[], reply: ModelReply): Promise<EvalReport> {
  const server = await modelService([]);
  server.setFallback(reply);
  const { exitCode, stdout, stderr } = await runEval([...words, '--json'], server);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout) as EvalReport;
}

describe('npm run eval', () => {
  test('every task that ships can be solved, in all nine languages', { timeout: 300_000 }, async () => {
    const { tasks, totals } = await reportOf([], knowing);
    expect(tasks.filter(({ passedAttempt }) => passedAttempt !== 1)).toEqual([]);
    expect(tasks.map(({ id }) => id)).toEqual(Object.keys(SOLUTIONS));
    expect(new Set(tasks.map(({ language }) => language)).size).toBe(9);
    expect(totals).toMatchObject({ taskCount: 18, firstTryCount: 18, repairedCount: 0, failedCount: 0 });
  });

  test('tells what passed at once from what was repaired, and what never passed', async () => {
    const repaired = await reportOf(ONLY_TWO, rightAtAttempt(2));
    expect(repaired.tasks.map(({ passedAttempt }) => passedAttempt)).toEqual([2, 2]);
    expect(repaired.totals).toMatchObject({ firstTryCount: 0, repairedCount: 2, outputTokens: 80 });

    const failed = await reportOf([...ONLY_TWO, '--max-attempts', '2'], rightAtAttempt(3));
    expect(failed.tasks.map(({ attemptCount, endedBy }) => [attemptCount, endedBy])).toEqual([
      [2, 'attempts_used'],
      [2, 'attempts_used'],
    ]);
    expect(failed.totals).toMatchObject({ failedCount: 2 });
    expect(failed.tasks[0]?.error).toContain('no_such_command_2');
  });

  test('reads for a person as a table', async () => {
    const server = await modelService([]);
    server.setFallback(rightAtAttempt(2));
    const { stdout, stderr, exitCode } = await runEval(ONLY_TWO, server);
    expect(stdout).toMatch(/^127\.0\.0\.1:\d+, test-model; executor local; at most 3 attempts\n/u);
    expect(stdout).toMatch(/^python-roman +python +repaired +2 +[\d.]+ +40$/mu);
    expect(stdout).toContain('first try 0 of 2 (0 %), with repairs 2 (100 %), failed 0; 80 tokens written');
    expect(stderr).toBe('cloche: python-roman …\ncloche: bash-sum …\n');
    expect(exitCode).toBe(0);
  });

  test('when the service fails, reports what was measured until then, and asks no more', async () => {
    const server = await modelService([knowing, { failure: 'bad key' }]);
    const { stdout, stderr, exitCode } = await runEval([...ONLY_TWO, '--json'], server);
    const report = JSON.parse(stdout) as EvalReport;
    expect(report.tasks.map(({ id }) => id)).toEqual(['python-roman']);
    expect(report.wantedTaskCount).toBe(2);
    expect(stderr).toMatch(/hint: /u);
    expect(exitCode).toBe(125);
    expect(server.calls).toHaveLength(2);
  });

  test('without a model it says what to set', async () => {
    const { stderr, exitCode } = await runEval(ONLY_TWO);
    expect(stderr).toContain('CLOCHE_GENERATOR_');
    expect(exitCode).toBe(125);
  });

  test('wrong words are refused with a way out, and --help has every flag', async () => {
    const unknown = await runEval(['--taks', 'x']);
    expect(unknown.stderr).toMatch(/--taks[\s\S]*hint: See npm run eval -- --help/u);
    expect(unknown.exitCode).toBe(2);
    const noTask = await runEval(['--only', 'cobol']);
    expect(noTask.stderr).toMatch(/no task cobol[\s\S]*hint: Tasks: python-roman/u);
    expect(noTask.exitCode).toBe(2);
    const { stdout } = await runEval(['--help']);
    for (const flag of ['--tasks', '--only', '--model', '--executor', '--timeout'])
      expect(stdout).toContain(flag);
  });
});

describe('a file of tasks', () => {
  const task = { id: '"a"', language: '"py"', requirement: '"x"', tests: '"y"' };

  function tomlOf(values: Readonly<Record<string, string>>): string {
    return ['[[task]]', ...Object.entries(values).map(([key, value]) => `${key} = ${value}`), ''].join('\n');
  }

  test('is read, whatever a language is called', async () => {
    const file = plant(temporaryDirectoryOfTest(), 'tasks.toml', tomlOf(task));
    expect(await readTasks(file)).toEqual([
      {
        id: 'a',
        language: 'python',
        requirement: 'x',
        tests: { fileName: 'tests.py', language: 'python', code: 'y' },
      },
    ]);
  });

  test.each([
    ['nothing', '', 'has no [[task]]'],
    ['no TOML', '[[task]]\nid = ', 'is no TOML in line 2'],
    ['tasks that are none', 'task = [1]\n', 'has no text for id in task 1'],
    ['a table in place of tasks', '[task]\nid = "a"\n', 'has no [[task]]'],
    ['an unknown key', tomlOf({ ...task, test: '"z"' }), 'has an unknown key test in task 1'],
    ['no requirement', tomlOf({ ...task, requirement: '" "' }), 'has no text for requirement in task 1'],
    ['no such language', tomlOf({ ...task, language: '"cobol"' }), 'names the language cobol in task a'],
    ['one id twice', tomlOf(task) + tomlOf(task), 'has two tasks a'],
  ])('with %s is refused', async (_, content, words) => {
    const file = plant(temporaryDirectoryOfTest(), 'tasks.toml', content);
    await expect(readTasks(file)).rejects.toMatchObject({
      code: 'ERR_REQUEST_INVALID',
      message: expect.stringContaining(words) as string,
    });
  });

  test('that is not there is refused', async () => {
    await expect(readTasks('no-such-file.toml')).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
  });
});
