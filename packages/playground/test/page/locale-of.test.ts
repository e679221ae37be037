import { afterEach, expect, test, vi } from 'vitest';
import { INITIAL_STATE } from '../../src/page/state/app-state.ts';
import { localeOf } from '../../src/page/text/locale-of.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['zh-CN', 'zh'],
  ['zh', 'zh'],
  ['en-GB', 'en'],
  ['fr', 'en'],
])('before anything is known, a browser in %s is spoken to in %s', (language, locale) => {
  vi.stubGlobal('navigator', { language });
  expect(localeOf(INITIAL_STATE)).toBe(locale);
  expect(localeOf({ ...INITIAL_STATE, preferences: { ...INITIAL_STATE.preferences, locale: 'en' } })).toBe(
    'en',
  );
});
