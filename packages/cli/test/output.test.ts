import { describe, expect, test } from 'vitest';
import { formatConfigValue } from '../src/commands/config/format-config-value.ts';
import { isUtf8, unfinishedLength } from '../src/commands/run/presenters/utf8-bytes.ts';
import { displayWidth, wrapText } from '../src/output/display-width.ts';
import { formatBytes, formatSeconds } from '../src/output/format-quantity.ts';
import { formatTable } from '../src/output/format-table.ts';
import { printable } from '../src/output/printable.ts';

describe('text in columns', () => {
  test('a Chinese character takes two, a colour none', () => {
    expect(displayWidth('中文ab')).toBe(6);
    expect(displayWidth('\u001B[1mab\u001B[22m')).toBe(2);
    expect(displayWidth('e\u0301')).toBe(1);
  });

  test('English breaks at spaces', () => {
    expect(wrapText('one two three', 8)).toEqual(['one two', 'three']);
  });

  test('Chinese breaks between characters, never before punctuation', () => {
    expect(wrapText('一二三四，五六', 8)).toEqual(['一二三', '四，五六']);
  });

  test('a word that is too long has a line of its own', () => {
    expect(wrapText('a bbbbbbbbbbbb c', 5)).toEqual(['a', 'bbbbbbbbbbbb', 'c']);
  });

  test('a table wraps its last column', () => {
    expect(formatTable([['k', 'one two three four five']], 25)).toBe('k  one two three four\n   five');
  });
});

test('a name that would steer a terminal is shown, not sent', () => {
  expect(printable('plain 名.txt')).toBe('plain 名.txt');
  expect(printable('a\u001B[31m\n')).toBe('"a\\u{1b}[31m\\u{a}"');
  expect(printable('\u202Etxt.exe')).toBe('"\\u{202e}txt.exe"');
});

test('quantities are short and exact', () => {
  expect([formatBytes(17), formatBytes(512 * 1024 ** 2), formatBytes(1.5 * 1024 ** 3)]).toEqual([
    '17 bytes',
    '512 MiB',
    '1.5 GiB',
  ]);
  expect([formatSeconds(120_000), formatSeconds(500), formatSeconds(1250)]).toEqual(['120', '0.5', '1.25']);
});

test('a configured value is written as a file would have it', () => {
  expect(formatConfigValue(120_000, 'duration')).toBe('120s');
  expect(formatConfigValue(1500, 'duration')).toBe('1500ms');
  expect(formatConfigValue(512 * 1024 ** 2, 'size')).toBe('512MiB');
  expect(formatConfigValue(1_000_000, 'size')).toBe('1000000');
  expect(formatConfigValue(['a', 'b'], 'list')).toBe('a, b');
  expect(formatConfigValue(null, 'text')).toBe('-');
});

describe('bytes of a stream', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  test.each([
    ['abc', 3, 0],
    ['é', 1, 1],
    ['世', 2, 2],
    ['🎉', 3, 3],
    ['🎉', 4, 0],
  ])('%s cut after %i bytes has %i unfinished', (text, length, unfinished) => {
    expect(unfinishedLength(bytes(text).subarray(0, length))).toBe(unfinished);
  });

  test('a cut through a character is no invalid byte; anything else is', () => {
    const whole = bytes('ééé');
    expect(
      isUtf8({ head: whole.subarray(0, 3), tail: whole.subarray(5), byteCount: 6, truncated: true }),
    ).toBe(true);
    expect(
      isUtf8({ head: whole.subarray(0, 3), tail: new Uint8Array(0), byteCount: 3, truncated: false }),
    ).toBe(false);
    expect(
      isUtf8({ head: Uint8Array.of(0xff, 0x61), tail: new Uint8Array(0), byteCount: 9, truncated: true }),
    ).toBe(false);
  });
});
