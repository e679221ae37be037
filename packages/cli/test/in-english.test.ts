import { expect, test } from 'vitest';
import { inEnglish } from '../src/output/in-english.ts';

test('JSON has the English of every text, whatever other forms it has', () => {
  const withoutFlags = { en: 'one', zh: '一' };
  const value = { hint: { en: 'use --one', zh: '用 --one', withoutFlags }, list: [{ en: 'two', zh: '二' }] };
  expect(inEnglish(value)).toEqual({ hint: 'use --one', list: ['two'] });
});

test('what only looks like a text stays as it is', () => {
  const values = [{ en: 'a', zh: 'b', fr: 'c' }, { en: 1, zh: 2 }, { en: 'a' }];
  expect(inEnglish(values)).toEqual(values);
});
