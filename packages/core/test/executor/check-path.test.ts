import { describe, expect, test } from 'vitest';
import { checkPath, pathProblem } from '../../src/executor/index.ts';

describe('a path inside the work directory', () => {
  test.each([
    'main.py',
    'a/b/c.txt',
    'with space.txt',
    'quote"\'.txt',
    '$(touch x)',
    'line\nbreak',
    '-rf',
    '.hidden',
    '..a',
    'a..',
    '...',
    '数据/输入.csv',
    'back\\slash',
    'n'.repeat(255),
  ])('%j is allowed', (path) => {
    expect(pathProblem(path)).toBeNull();
  });

  test.each([
    ['', 'empty'],
    ['/etc/passwd', 'absolute'],
    ['\\\\server\\share', 'absolute'],
    ['C:\\x', 'absolute'],
    ['c:x', 'absolute'],
    ['..', 'leaves'],
    ['a/../../b', 'leaves'],
    ['a/..', 'leaves'],
    ['a\\..\\..\\b', 'leaves'],
    ['a/..\\b', 'leaves'],
    ['./a', 'simplest'],
    ['a//b', 'simplest'],
    ['a/', 'simplest'],
    ['a\0b', 'NUL'],
    ['a\uD800', 'Unicode'],
    ['n'.repeat(256), '255 bytes'],
    ['é'.repeat(128), '255 bytes'],
    ['a/'.repeat(600), '1024 bytes'],
  ])('%j is refused, because of: %s', (path, reason) => {
    expect(pathProblem(path)?.en).toContain(reason);
    expect(() => checkPath(path)).toThrow(reason);
  });
});
