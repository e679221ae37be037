import type { GenerationTests } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import { generate, openGenerator } from '../support/generate.ts';
import { fenced, ScriptedModel } from '../support/scripted-model.ts';
import { openTestRunner } from '../support/test-runner.ts';

interface Tested {
  readonly tests: GenerationTests;
  readonly wrong: string;
  readonly right: string;
  readonly fileName: string;
}

const given = (fileName: string, language: LanguageId, code: string): GenerationTests => ({
  fileName,
  language,
  code,
});

/** In each language, a program that its tests find wrong, and one that they find right. */
const TESTED: Readonly<Record<LanguageId, Tested>> = {
  python: {
    tests: given('tests.py', 'python', 'from solution import double\nassert double(4) == 8, double(4)\n'),
    wrong: 'def double(n):\n    return n + 2',
    right: 'def double(n):\n    return n * 2',
    fileName: 'solution.py',
  },
  javascript: {
    tests: given(
      'tests.js',
      'javascript',
      "const { double } = require('./solution.js');\nrequire('node:assert').equal(double(4), 8);\n",
    ),
    wrong: 'exports.double = (n) => n + 2;',
    right: 'exports.double = (n) => n * 2;',
    fileName: 'solution.js',
  },
  typescript: {
    tests: given(
      'tests.ts',
      'typescript',
      "import assert from 'node:assert';\nimport { double } from './solution.ts';\nassert.equal(double(4), 8);\n",
    ),
    wrong: 'export function double(n: number): number {\n  return n + 2;\n}',
    right: 'export function double(n: number): number {\n  return n * 2;\n}',
    fileName: 'solution.ts',
  },
  java: {
    tests: given(
      'Tests.java',
      'java',
      'public class Tests {\n  public static void main(String[] a) {\n    if (Solution.twice(4) != 8) throw new AssertionError("not 8");\n  }\n}\n',
    ),
    wrong: 'public class Solution {\n  static int twice(int n) { return n + 2; }\n}',
    right: 'public class Solution {\n  static int twice(int n) { return n * 2; }\n}',
    fileName: 'Solution.java',
  },
  go: {
    tests: given(
      'tests.go',
      'go',
      'package main\n\nfunc main() {\n\tif double(4) != 8 {\n\t\tpanic("not 8")\n\t}\n}\n',
    ),
    wrong: 'package main\n\nfunc double(n int) int { return n + 2 }',
    right: 'package main\n\nfunc double(n int) int { return n * 2 }',
    fileName: 'solution.go',
  },
  rust: {
    tests: given(
      'tests.rs',
      'rust',
      'mod solution;\n\nfn main() {\n    assert_eq!(solution::double(4), 8);\n}\n',
    ),
    wrong: 'pub fn double(n: i32) -> i32 {\n    n + 2\n}',
    right: 'pub fn double(n: i32) -> i32 {\n    n * 2\n}',
    fileName: 'solution.rs',
  },
  bash: {
    tests: given('tests.sh', 'bash', 'test "$(bash solution.sh 4)" = 8\n'),
    wrong: 'echo $(($1 + 2))',
    right: 'echo $(($1 * 2))',
    fileName: 'solution.sh',
  },
  c: {
    tests: given('tests.c', 'c', 'int twice(int n);\nint main(void) { return twice(4) == 8 ? 0 : 1; }\n'),
    wrong: 'int twice(int n) { return n + 2; }',
    right: 'int twice(int n) { return n * 2; }',
    fileName: 'solution.c',
  },
  cpp: {
    tests: given('tests.cpp', 'cpp', 'int twice(int n);\nint main() { return twice(4) == 8 ? 0 : 1; }\n'),
    wrong: 'int twice(int n) { return n + 2; }',
    right: 'int twice(int n) { return n * 2; }',
    fileName: 'solution.cpp',
  },
};

test.each(Object.entries(TESTED))(
  '%s: it is well where the tests pass, and not before',
  async (id, tested) => {
    const { tests, wrong, right, fileName } = tested;
    const model = new ScriptedModel(fenced(id, wrong), fenced(id, right));
    const { result } = await generate(model, { language: id as LanguageId, tests });
    expect(result.attempts.map(({ status, error }) => `${status}: ${error}`)).toEqual([
      expect.stringContaining('runtime_error: The tests did not pass: exit code'),
      'ok: null',
    ]);
    expect(result).toMatchObject({ status: 'ok', language: id, fileName });
    expect(result.code).toBe(`${right}\n`);
    const task = model.prompts[0]?.messages[0]?.text;
    expect(task).toContain(`<tests path="${tests.fileName}">\n${tests.code}</tests>`);
    expect(task).toContain(`saved beside it as ${fileName}`);
  },
);

describe('tests', () => {
  const python = TESTED.python;

  test('are of the language of the program, where nobody names one', async () => {
    const model = new ScriptedModel(fenced('python', python.right));
    const { result } = await generate(model, { language: null, tests: python.tests });
    expect(result).toMatchObject({ status: 'ok', language: 'python' });
    expect(model.prompts[0]?.messages[0]?.text).toContain('Language: Python, and no other.');
  });

  test('may be of another language than the program', async () => {
    const tests = given('check.sh', 'bash', 'test "$(python3 solution.py)" = ok\n');
    const model = new ScriptedModel(fenced('python', 'print("no")'), fenced('python', 'print("ok")'));
    const { result } = await generate(model, { language: 'python', tests });
    expect(result.attempts.map(({ status }) => status)).toEqual(['runtime_error', 'ok']);
    expect(result.execution?.language).toBe('bash');
  });

  test('that are named for the program find it under that name', async () => {
    const tests = given('test_slug.py', 'python', 'from slug import slug\nassert slug("A b") == "a-b"\n');
    const model = new ScriptedModel(
      fenced('python', 'def slug(text):\n    return text.lower().replace(" ", "-")'),
    );
    const { result } = await generate(model, { tests });
    expect(result).toMatchObject({ status: 'ok', fileName: 'slug.py' });
  });

  test('are theirs even where a program writes over them, and the files of a session stay', async () => {
    const cheat = 'open("tests.py", "w").write("pass")\n';
    const model = new ScriptedModel(
      fenced('python', `${cheat}${python.wrong}`),
      fenced('python', `${cheat}${python.wrong}\n# again`),
    );
    const runner = openTestRunner();
    await using session = runner.openSession();
    const request = {
      requirement: 'x',
      language: 'python',
      tests: python.tests,
      maximumAttempts: 2,
    } as const;
    const result = await openGenerator(model, runner).generate(request, { session }).result;
    expect(result.status).toBe('failed');
    expect(result.attempts.map(({ status }) => status)).toEqual(['runtime_error', 'runtime_error']);
  });

  test('given as context as well, lie there once', async () => {
    const model = new ScriptedModel(fenced('python', python.right));
    const context = [{ path: 'tests.py', content: 'raise SystemExit(1)\n' }];
    const { result } = await generate(model, { tests: python.tests, context });
    expect(result.status).toBe('ok');
  });

  test.each([
    ['python', 'import sys\ndef double(n):\n    return 0\n\nsys.exit(0)', python.tests],
    ['python', 'def double(n):\n    return 0\n\nexit()', python.tests],
    ['javascript', 'exports.double = () => 0;\nprocess.exit(0);', TESTED.javascript.tests],
    ['typescript', 'export const double = () => 0;\nprocess.exit(0);', TESTED.typescript.tests],
  ] as const)(
    'are not passed by a program in %s that ends the process: %s',
    async (language, code, tests) => {
      const { right } = TESTED[language];
      const model = new ScriptedModel(fenced(language, code), fenced(language, right));
      const { result } = await generate(model, { language, tests });
      expect(result.attempts.map(({ status }) => status)).toEqual(['not_executed', 'ok']);
      expect(result.attempts[0]?.error).toContain('ends the process as soon as it is loaded');
    },
  );

  test('that start the program let it end as it likes', async () => {
    const tests = given('tests.sh', 'bash', 'python3 solution.py\n');
    const { result } = await generate(new ScriptedModel(fenced('python', 'import sys\nsys.exit(0)')), {
      tests,
      language: 'python',
    });
    expect(result.status).toBe('ok');
  });
});
