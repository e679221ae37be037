import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import type { LanguageId } from '@cloche/core/executor';
import { CodeView } from '../../src/commands/generate/code-view.ts';
import { CodeHighlighter } from '../../src/output/highlight/code-highlighter.ts';
import type { Paint } from '../../src/output/highlight/code-highlighter.ts';
import { guessLanguage } from '../../src/output/highlight/guess-language.ts';
import { LANGUAGE_SYNTAXES } from '../../src/output/highlight/language-syntax.ts';
import { printableCode } from '../../src/output/printable-code.ts';

const MARKS = { plain: '', keyword: 'k', number: 'n', string: 's', comment: 'c' } as const;
const mark: Paint = (kind, text) => (kind === 'plain' ? text : `<${MARKS[kind]}>${text}</>`);

/** Neighbours of one kind are one, wherever the pieces were cut. */
function inPieces(language: LanguageId, code: string, length: number): string {
  const highlighter = new CodeHighlighter(LANGUAGE_SYNTAXES[language], mark);
  let shown = '';
  for (let at = 0; at < code.length; at += length) shown += highlighter.write(code.slice(at, at + length));
  shown += highlighter.end();
  return shown.replaceAll(/<\/>(?<next><[knsc]>)/gu, (whole, next: string, offset: number) => {
    const before = shown.slice(0, offset);
    return before.slice(before.lastIndexOf('<')).startsWith(next) ? '' : whole;
  });
}

const SAMPLES: readonly (readonly [LanguageId, string, string])[] = [
  ['python', 'if x: # "no"\n  y = 1.5', '<k>if</> x: <c># "no"</>\n  y = <n>1.5</>'],
  ['python', 's = """a\n"b" # c"""\nelse', 's = <s>"""a</>\n<s>"b" # c"""</>\n<k>else</>'],
  ['python', "s = 'it\\'s' + t", "s = <s>'it\\'s'</> + t"],
  ['python', 'format = for_each', 'format = for_each'],
  ['javascript', 'const a = `x ${y}\n` // z', '<k>const</> a = <s>`x ${y}</>\n<s>`</> <c>// z</>'],
  ['javascript', 'a / b; "x', 'a / b; <s>"x</>'],
  ['typescript', 'type A = 1 /* b */ | 2', '<k>type</> A = <n>1</> <c>/* b */</> | <n>2</>'],
  ['java', "char c = '\"'; int i;", "<k>char</> c = <s>'\"'</>; <k>int</> i;"],
  ['go', 's := `\\` + "x"', 's := <s>`\\`</> + <s>"x"</>'],
  ['rust', "fn f<'a>(c: &'a str) { '\"' }", "<k>fn</> f<'a>(c: &'a str) { <s>'\"'</> }"],
  ['bash', 'echo $# "${x#y}" # z', '<k>echo</> $# <s>"${x#y}"</> <c># z</>'],
  ['c', '#include <stdio.h>\nint x;', '<k>#include</> <stdio.h>\n<k>int</> x;'],
  ['cpp', 'auto s = "a\\"b"; //', '<k>auto</> s = <s>"a\\"b"</>; <c>//</>'],
];

describe('colours', () => {
  test.each(SAMPLES)('of %s: %s', (language, code, expected) => {
    expect(inPieces(language, code, code.length)).toBe(expected);
  });

  test.each(SAMPLES)('of %s are the same wherever the pieces are cut: %s', (language, code, expected) => {
    for (const length of [1, 2, 3, 5, 7]) expect(inPieces(language, code, length)).toBe(expected);
  });

  test('are there for every language', () => {
    for (const id of LANGUAGE_IDS) expect(LANGUAGE_SYNTAXES[id].keywords.size).toBeGreaterThan(10);
  });

  test('leave every character as it is', () => {
    const code = SAMPLES.map(([, text]) => text).join('\n') + '\n😀"😀 \\';
    for (const language of LANGUAGE_IDS) {
      const highlighter = new CodeHighlighter(
        LANGUAGE_SYNTAXES[language],
        (_, text) => `\u001B[1m${text}\u001B[0m`,
      );
      let shown = '';
      for (const character of code) shown += highlighter.write(character) + highlighter.peek();
      expect(stripVTControlCharacters(shown + highlighter.end())).toBe(code);
    }
  });

  test('do not keep anybody waiting: what is held back can be seen', () => {
    const highlighter = new CodeHighlighter(LANGUAGE_SYNTAXES.python, mark);
    expect([highlighter.write('x = re'), highlighter.peek(), highlighter.peek()]).toEqual(['x = ', 're', '']);
    expect(highlighter.write('turn 1')).toBe('turn ');
    expect(highlighter.end()).toBe('<n>1</>');
  });

  test('take time in proportion to the text', () => {
    const highlighter = new CodeHighlighter(LANGUAGE_SYNTAXES.rust, mark);
    const startedAtMs = performance.now();
    for (let piece = 0; piece < 20_000; piece += 1) highlighter.write('"\'/* \\');
    highlighter.end();
    expect(performance.now() - startedAtMs).toBeLessThan(1500);
  });
});

test.each([
  ['python', 'import sys\n'],
  ['python', '# Sums.\ndef main():\n'],
  ['javascript', "import fs from 'node:fs';\n"],
  ['javascript', 'const a = 1;\n'],
  ['typescript', 'interface Row {\n'],
  ['typescript', 'const a: number = 1;\n'],
  ['java', 'import java.util.List;\n'],
  ['java', 'public class Main {\n'],
  ['go', '// Sums.\npackage main\n'],
  ['rust', 'use std::io;\n'],
  ['bash', '#!/usr/bin/env bash\n'],
  ['c', '#include <stdio.h>\n'],
  ['cpp', '#include <iostream>\n'],
  [null, 'hello\n'],
] as const)('%s is what the first lines look like: %s', (language, code) => {
  expect(guessLanguage(code)).toBe(language);
});

test('code that would steer a terminal, or read otherwise than it runs, is shown as what it is', () => {
  expect(printableCode('a\tb\r\nc\n')).toBe('a\tb\nc\n');
  expect(printableCode('x = "\u001B]0;title\u0007"')).toBe('x = "\\u{1b}]0;title\\u{7}"');
  expect(printableCode('is_admin\u202E\u2066')).toBe('is_admin\\u{202e}\\u{2066}');
  expect(printableCode('名前 👩‍💻')).toBe('名前 👩‍💻');
});

test.each([
  ['one word', 'a', 'python'],
  ['one number', '1', 'python'],
  ['one string', '"', 'javascript'],
  ['short words', 'a ', 'go'],
  ['no language at all', ';\n', null],
] as const)(
  'a mebibyte of %s is coloured in a time that grows with its length',
  async (_name, text, language) => {
    const sink = { isTerminal: true, lastByte: null, write: () => Promise.resolve() };
    const view = new CodeView(sink, mark);
    view.begin(language);
    const piece = text.repeat(4 / text.length);
    const startedAtMs = performance.now();
    for (let count = 0; count < 256 * 1024; count += 1) await view.write(piece);
    await view.stop();
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
  },
  40_000,
);
