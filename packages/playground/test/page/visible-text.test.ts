import { expect, test } from 'vitest';
import { visibleName, visibleText } from '../../src/page/text/visible-text.ts';

test('a text keeps its lines and tabs, and shows whatever would change how it is read', () => {
  const text = 'a\tb\r\nc\rd \u0000\u001B[31m \u007F \u202Egnp.exe \u061C \u2066 👩‍👩‍👧';
  expect(visibleText(text)).toBe('a\tb\r\nc␍d ␀␛[31m ␡ ‹U+202E›gnp.exe ‹U+061C› ‹U+2066› 👩‍👩‍👧');
});

test('a name takes one line', () => {
  expect(visibleName('\n a\tb\r\u202E.csv')).toBe('␊ a␉b␍‹U+202E›.csv');
});
