import { describe, expect, test } from 'vitest';
import { attributesOf, backgroundOf, foregroundOf, PLAIN } from '../../src/page/output/ansi-style.ts';
import { parseAnsi, plainText, styleAfter } from '../../src/page/output/parse-ansi.ts';
import { splitSpans } from '../../src/page/output/split-spans.ts';

const shown = (line: string): unknown[] =>
  parseAnsi(line, PLAIN).spans.map(({ text, style }) => ({
    text,
    foreground: foregroundOf(style),
    background: backgroundOf(style),
    attributes: attributesOf(style),
  }));

describe('a line of output', () => {
  test('without commands is one piece of text', () => {
    expect(parseAnsi('<b>plain</b>', PLAIN)).toEqual({
      spans: [{ text: '<b>plain</b>', style: PLAIN }],
      style: PLAIN,
    });
  });

  test.each([
    ['31', 1, null, []],
    ['1;92', 10, null, ['bold']],
    ['38;5;208', 208, null, []],
    ['38;2;255;0;0', 196, null, []],
    ['38:5:33', 33, null, []],
    ['44;3;4', null, 4, ['italic', 'underline']],
    ['107;7;9', null, 15, ['inverse', 'strike']],
  ])('takes the colour ESC[%sm', (parameters, foreground, background, attributes) => {
    expect(shown(`a\u001b[${parameters}mb`)).toEqual([
      { text: 'a', foreground: null, background: null, attributes: [] },
      { text: 'b', foreground, background, attributes },
    ]);
  });

  test.each(['0', '', '39;49;22', '39;0'])('ends a colour with ESC[%sm', (parameters) => {
    expect(parseAnsi(`\u001b[1;31;42ma\u001b[${parameters}mb`, PLAIN).style).toBe(PLAIN);
  });

  test('goes on in the colour of the line before', () => {
    const style = styleAfter('x\u001b[32my', PLAIN);
    expect(foregroundOf(style)).toBe(2);
    expect(parseAnsi('z', style)).toEqual({ spans: [{ text: 'z', style }], style });
  });

  test.each([
    ['moving the cursor', 'a\u001b[2K\u001b[1;1Hb'],
    ['a title', 'a\u001b]0;title\u0007b'],
    ['an address behind the text', 'a\u001b]8;;https://example.com\u001b\\b\u001b]8;;\u001b\\'],
    ['a character set', 'a\u001b(Bb'],
    ['asking for the terminal', 'a\u001b[c\u001b[?25lb'],
  ])('leaves out %s', (_name, line) => {
    expect(plainText(line)).toBe('ab');
  });

  test.each([
    ['control characters', 'a\u0000\u0007b', 'a\u2400\u2407b'],
    ['the deleting character', 'a\u007f', 'a\u2421'],
    ['marks that turn the direction', 'a\u202eb\u2066', 'a‹U+202E›b‹U+2066›'],
    ['an escape that begins nothing', 'a\u001b\u0001', 'a\u241b\u2401'],
    ['line separators that are none here', 'a\u2028b', 'a‹U+2028›b'],
  ])('makes visible: %s', (_name, line, expected) => {
    expect(plainText(line)).toBe(expected);
  });

  test('that returns to its beginning shows what stands there at last', () => {
    expect(plainText('10%\r55%\r100%')).toBe('100%');
    expect(plainText('done\r')).toBe('done');
    expect(shown('\u001b[31m10%\r20%')).toEqual([
      { text: '20%', foreground: 1, background: null, attributes: [] },
    ]);
  });

  test('is split for a link without losing its colours', () => {
    const { spans } = parseAnsi('ab\u001b[31mcd', PLAIN);
    expect(splitSpans(spans, 1, 3).map(({ text }) => text)).toEqual(['b', 'c']);
    expect(splitSpans(spans, 3, Infinity)).toEqual([{ text: 'd', style: 2 }]);
  });

  test('of escapes alone is read once, however long', () => {
    // Read again from each of them, it would take longer than a test may.
    const { spans } = parseAnsi('\u001b]'.repeat(300_000), PLAIN);
    expect(spans).toEqual([]);
  });
});
