import { expect, test } from 'vitest';
import { diffParts } from '../../src/page/results/diff-parts.ts';

test('unchanged lines far from a change are counted instead of shown', () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const parts = diffParts(before.join('\n'), before.with(10, 'changed').join('\n'));
  expect(parts[0]).toEqual({ kind: 'gap', count: 7 });
  expect(parts.at(-1)).toEqual({ kind: 'gap', count: 6 });
  const shown = parts.flatMap((part) => (part.kind === 'line' ? [part.line] : []));
  expect(shown.map(({ kind }) => kind).join(' ')).toBe('same same same removed added same same same');
});
