import { describe, expect, test } from 'vitest';
import { INITIAL_STATE } from '../../src/page/state/app-state.ts';
import { fromBase64, toBase64 } from '../../src/page/state/base64.ts';
import { editableText } from '../../src/page/state/editable-text.ts';
import { reduceApp } from '../../src/page/state/reduce-app.ts';
import { draftOfRequest, executeRequest, generateRequest } from '../../src/page/state/request-of.ts';
import { newSourceFile } from '../../src/page/state/source-file.ts';
import { joinArguments, splitArguments } from '../../src/page/state/split-arguments.ts';

const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
const state = [
  { type: 'text', index: 0, text: 'import helper' },
  { type: 'add-file', file: newSourceFile('helper.py', 'é') },
  { type: 'attach', attachment: { path: 'data.bin', byteCount: bytes.length, content: toBase64(bytes) } },
  { type: 'stdin', text: 'in' },
  { type: 'arguments', text: `-n 3 'two words'` },
] as const;
const filled = state.reduce((before, action) => reduceApp(before, { type: 'draft', action }), INITIAL_STATE);

describe('a request', () => {
  test('carries the program, the files beside it, input and arguments', () => {
    expect(executeRequest(filled)).toEqual({
      kind: 'execute',
      language: 'python',
      code: 'import helper',
      files: [
        { path: 'helper.py', content: toBase64(new TextEncoder().encode('é')) },
        { path: 'data.bin', content: toBase64(bytes) },
      ],
      stdin: 'in',
      arguments: ['-n', '3', 'two words'],
    });
  });

  test('names the program where somebody did', () => {
    const action = { type: 'rename-file', index: 0, name: 'app.py' } as const;
    const named = reduceApp(filled, { type: 'draft', action });
    expect(executeRequest(named)).toMatchObject({ fileName: 'app.py' });
    expect(draftOfRequest(executeRequest(named))).toMatchObject({ isProgramNamed: true });
    expect(draftOfRequest(executeRequest(filled))).toMatchObject({ isProgramNamed: false });
  });

  test('becomes the same editor again', () => {
    const draft = draftOfRequest(executeRequest(filled));
    expect(draft).toMatchObject({
      files: [
        { name: 'main.py', text: 'import helper' },
        { name: 'helper.py', text: 'é' },
      ],
      attachments: [{ path: 'data.bin', byteCount: bytes.length }],
      stdin: 'in',
    });
    expect(splitArguments(draft?.argumentsText ?? '')).toEqual(['-n', '3', 'two words']);
  });

  test('for a program to be written says what is wanted, and a language unless the model chooses', () => {
    const wanted = { ...filled, requirement: 'primes' };
    expect(generateRequest(wanted)).toMatchObject({
      kind: 'generate',
      language: 'python',
      requirement: 'primes',
    });
    expect(generateRequest({ ...wanted, isAnyLanguage: true }).language).toBeNull();
    expect(generateRequest(wanted)).not.toHaveProperty('code');
  });

  test('holds bytes as they are; what is no text is not edited', () => {
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    expect(editableText(bytes)).toBeNull();
    expect(editableText(Uint8Array.of(0xff, 0xfe))).toBeNull();
    expect(editableText(new TextEncoder().encode('ok'))).toBe('ok');
  });
});

test.each([
  ['', []],
  ['  a  b ', ['a', 'b']],
  [`'a b' "c \\"d" e\\ f`, ['a b', 'c "d', 'e f']],
  [`''`, ['']],
  [`x'y'z`, ['xyz']],
  ['$HOME *', ['$HOME', '*']],
])('arguments: %s', (text, words) => {
  expect(splitArguments(text)).toEqual(words);
  expect(splitArguments(joinArguments(words))).toEqual(words);
});
