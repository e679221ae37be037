import { expect, test } from 'vitest';
import { type DraftAction, draftOfProgram, reduceDraft } from '../../src/page/state/draft.ts';
import { newSourceFile } from '../../src/page/state/source-file.ts';

test('a file keeps its id through a new name, a new text and a new place; no other one gets it', () => {
  const a = newSourceFile('a.py', 'a');
  const b = newSourceFile('b.py', 'b');
  const actions: readonly DraftAction[] = [
    { type: 'new-file', file: a },
    { type: 'new-file', file: b },
    { type: 'rename-file', index: 2, name: 'c.py' },
    { type: 'remove-file', index: 1 },
    { type: 'text', index: 1, text: 'c' },
  ];
  const draft = actions.reduce(
    (before, action) => reduceDraft(before, 'python', action),
    draftOfProgram('python', ''),
  );
  expect(draft.files[1]).toEqual({ id: b.id, name: 'c.py', text: 'c' });
  expect(new Set([a.id, b.id, newSourceFile('a.py', 'a').id]).size).toBe(3);
  expect(draftOfProgram('python', '').files[0]?.id).not.toBe(draft.files[0]?.id);
});
