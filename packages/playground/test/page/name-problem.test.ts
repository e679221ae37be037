import { pathProblem } from '@cloche/core/executor';
import { expect, test } from 'vitest';
import { emptyDraft } from '../../src/page/state/draft.ts';
import { nameProblem } from '../../src/page/state/name-problem.ts';

const draft = { ...emptyDraft('python'), attachments: [{ path: 'data.bin', byteCount: 0, content: '' }] };

test.each([
  'a.py',
  'folder/a.py',
  'a b.txt',
  '..hidden',
  '',
  '.',
  '..',
  './a',
  'a/../b',
  'a//b',
  'a/',
  '/a',
  String.raw`\a`,
  String.raw`a\..\b`,
  'C:a',
  'é'.repeat(128),
  'a'.repeat(255),
  'a/'.repeat(512) + 'a',
])('a name is refused where a request with it would be: %j', (name) => {
  expect(nameProblem(draft, name, null)).toBe(pathProblem(name) === null ? null : 'nameUnusable');
});

test('a name is taken by another file, not by the file itself; instead of a new one, the source of its name is shown', () => {
  expect(nameProblem(draft, 'main.py', 1)).toBe('nameTaken');
  expect(nameProblem(draft, 'main.py', null)).toBeNull();
  expect(nameProblem(draft, 'data.bin', null)).toBe('nameTaken');
  expect(nameProblem(draft, 'main.py', 0)).toBeNull();
});
