import type { LanguageId } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import { programKey } from '../../src/attempts/program-key.ts';
import { testedFileName } from '../../src/attempts/tested-file-name.ts';
import { testsRunNothing } from '../../src/attempts/tests-run-nothing.ts';
import { untilAborted } from '../../src/attempts/until-aborted.ts';
import { UsageSum } from '../../src/attempts/usage-sum.ts';

test.each<[LanguageId, string, string, string]>([
  ['python', 'tests.py', 'from solution import x', 'solution.py'],
  ['python', 'test_slug.py', 'from slug import slug', 'slug.py'],
  ['python', 'test_slug.py', 'from solution import slug', 'solution.py'],
  ['python', 'test_slug.py', 'from slugs import other', 'solution.py'],
  ['python', 'slug_test.py', 'import slug', 'slug.py'],
  ['typescript', 'slug.test.ts', "import { slug } from './slug.ts';", 'slug.ts'],
  ['javascript', 'slug.spec.js', "require('./slug.js')", 'slug.js'],
  ['java', 'SlugTest.java', 'new Slug()', 'Slug.java'],
  ['java', 'SolutionTests.java', 'new Solution()', 'Solution.java'],
  ['java', 'Tests.java', 'Solution.twice(4)', 'Solution.java'],
  ['rust', 'tests.rs', 'mod solution;', 'solution.rs'],
  ['go', 'tests.go', 'double(4)', 'solution.go'],
  ['cpp', 'test-a+b.cpp', 'a', 'solution.cpp'],
])('in %s, tests named %s that say `%s` find %s', (language, fileName, code, expected) => {
  expect(testedFileName(language, { fileName, language, code })).toBe(expected);
});

test.each<[LanguageId, string, string, boolean]>([
  ['python', 'tests.py', 'from solution import x\nassert x', false],
  ['python', 'test_x.py', 'from x import x\n\ndef test_x():\n    assert x', true],
  ['python', 'test_x.py', 'async def test_x():\n    assert x', true],
  ['python', 'test_x.py', 'def test_x():\n    assert x\n\ntest_x()', false],
  ['python', 'test_x.py', 'def test_x():\n    assert x\nfor test in (test_x,):\n    test()', false],
  ['python', 'test_x.py', 'def test_x():\n    assert x\nif __name__ == "__main__":\n    run()', false],
  ['python', 'test_x.py', 'import unittest\n\nclass X(unittest.TestCase):\n    def test_x(self): pass', true],
  ['python', 'test_x.py', 'class X(unittest.TestCase):\n    def test_x(self): pass\nunittest.main()', false],
  ['go', 'x_test.go', 'package main\n\nfunc TestX(t *testing.T) {}', true],
  ['go', 'tests.go', 'package main\n\nfunc main() { if double(4) != 8 { panic(1) } }', false],
  ['rust', 'tests.rs', 'mod solution;\n\n#[test]\nfn x() {}\n\nfn main() {}', true],
  ['rust', 'tests.rs', 'mod solution;\n\nfn main() { assert!(solution::x()); }', false],
  ['javascript', 'x.test.js', "require('node:test').test('x', () => {});", false],
])('in %s, whether tests in %s that say `%s` run nothing: %s', (language, fileName, code, expected) => {
  expect(testsRunNothing({ fileName, language, code })).toBe(expected);
});

test('programs are the same where blanks and empty lines alone differ', () => {
  const key = programKey('python', 'a = 1\n\nif a:\n    print(a)\n');
  expect(programKey('python', 'a = 1  \nif a:\n    print(a)\n\n\n')).toBe(key);
  expect(programKey('python', 'a = 1\nif a:\n  print(a)\n')).not.toBe(key);
  expect(programKey('bash', 'a = 1\n\nif a:\n    print(a)\n')).not.toBe(key);
});

describe('the sum of what answers cost', () => {
  const answer = (outputTokens: number | null, costUsd: number | null): Parameters<UsageSum['add']>[0] => ({
    usage: { inputTokens: 3, outputTokens },
    costUsd,
  });

  test('of none is nothing, and its price is not known', () => {
    const sum = new UsageSum();
    expect([sum.tokens, sum.costUsd]).toEqual([{ inputTokens: 0, outputTokens: 0 }, null]);
  });

  test('is known where every answer says it', () => {
    const sum = new UsageSum();
    sum.add(answer(5, 0.5));
    sum.add(answer(6, 0.25));
    expect([sum.tokens, sum.costUsd]).toEqual([{ inputTokens: 6, outputTokens: 11 }, 0.75]);
  });

  test('is not known where one does not, and stays so', () => {
    const sum = new UsageSum();
    sum.add(answer(null, 0.5));
    sum.add(answer(6, null));
    expect([sum.tokens, sum.costUsd]).toEqual([{ inputTokens: 6, outputTokens: null }, null]);
  });
});

describe('what is waited for until an abort', () => {
  test('gives its value, and leaves no listener', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(signal, () => Promise.resolve(1))).toBe(1);
    await expect(untilAborted(signal, () => Promise.reject(new Error('own')))).rejects.toThrow('own');
  });

  test('is not begun after one', async () => {
    let isBegun = false;
    const begin = (): Promise<void> => {
      isBegun = true;
      return Promise.resolve();
    };
    await expect(untilAborted(AbortSignal.abort('why'), begin)).rejects.toBe('why');
    expect(isBegun).toBe(false);
  });

  test('is left for the reason, and its own later failure is nobody’s', async () => {
    const abort = new AbortController();
    const { promise, reject } = Promise.withResolvers<never>();
    const waiting = untilAborted(abort.signal, () => promise);
    abort.abort('why');
    await expect(waiting).rejects.toBe('why');
    reject(new Error('too late'));
  });
});
