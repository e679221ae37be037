import { describe, expect, test } from 'vitest';
import { imageType, kindOfArtifact } from '../../src/page/results/artifact-kind.ts';
import { diffLines } from '../../src/page/results/diff-lines.ts';
import { parseTable } from '../../src/page/results/parse-table.ts';

const shown = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

describe('a difference', () => {
  test('is as few lines as possible', () => {
    expect(shown('a\nb\nc\nd\n', 'a\nc\nx\nd\n')).toEqual([' a', '-b', ' c', '+x', ' d']);
    expect(shown('a\n', 'a\n')).toEqual([' a']);
    expect(shown('a', 'b')).toEqual(['-a', '+b']);
  });

  test('numbers the lines of both', () => {
    expect(diffLines('a\nb\n', 'x\na\nb\n')).toEqual([
      { kind: 'added', text: 'x', before: null, after: 1 },
      { kind: 'same', text: 'a', before: 1, after: 2 },
      { kind: 'same', text: 'b', before: 2, after: 3 },
    ]);
  });

  test('of texts too large to compare is one after the other, and both are whole', () => {
    const left = Array.from({ length: 3000 }, (_, index) => `l${index}`);
    const right = Array.from({ length: 3000 }, (_, index) => `r${index}`);
    const lines = diffLines(left.join('\n'), right.join('\n'));
    expect(lines.filter(({ kind }) => kind === 'removed').map(({ text }) => text)).toEqual(left);
    expect(lines.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toEqual(right);
  });
});

describe('a table', () => {
  test.each([
    [
      'quotes, marks and line ends in fields',
      'a,"b, ""c""\nd"\r\ne,f\n',
      [
        ['a', 'b, "c"\nd'],
        ['e', 'f'],
      ],
    ],
    [
      'a semicolon',
      'x;y\n1,5;2\n',
      [
        ['x', 'y'],
        ['1,5', '2'],
      ],
    ],
    ['a byte order mark', '\uFEFFa,b', [['a', 'b']]],
    ['a quote that does not end', 'a,"b', [['a', 'b']]],
    ['empty lines', 'a\n\n\nb', [['a'], ['b']]],
  ])('with %s', (_name, text, rows) => {
    expect(parseTable(text, null, 100)).toEqual(rows);
  });

  test('is read no further than asked', () => {
    expect(parseTable('a\n'.repeat(1000), null, 10)).toHaveLength(10);
  });
});

test.each([
  ['plot.png', 'image/png', 'image', 'image/png'],
  ['a/b.SVG', 'image/svg+xml', 'svg', 'image/svg+xml'],
  ['page.html', 'text/html', 'markup', null],
  ['x.csv', 'text/csv', 'table', null],
  ['x.json', 'application/json', 'json', null],
  ['report', 'text/plain', 'text', null],
  ['core', 'application/octet-stream', 'other', null],
])('%s is shown as what it is', (path, mediaType, kind, image) => {
  expect(kindOfArtifact({ path, mediaType })).toBe(kind);
  expect(imageType(path)).toBe(image);
});
