import { expect, test } from 'vitest';
import { resolveLocale } from '../../src/locale/resolve-locale.ts';

test.each<[Record<string, string>, 'en' | 'zh' | null, 'en' | 'zh']>([
  [{}, null, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, null, 'zh'],
  [{ LANG: 'zh_TW' }, null, 'zh'],
  [{ LANG: 'de_DE.UTF-8' }, null, 'en'],
  [{ LANG: 'C.UTF-8' }, null, 'en'],
  [{ LANG: 'zha_CN' }, null, 'en'],
  [{ LANG: 'zh_CN', LC_MESSAGES: 'en_GB' }, null, 'en'],
  [{ LANG: 'en_US', LC_MESSAGES: 'fr', LC_ALL: 'zh-Hans' }, null, 'zh'],
  [{ LANG: 'en_US', LC_ALL: '' }, 'zh', 'zh'],
  [{ LC_ALL: 'zh_CN' }, 'en', 'en'],
  [{ CLOCHE_LANG: 'zh', LC_ALL: 'en_US' }, 'en', 'zh'],
  [{ CLOCHE_LANG: 'ZH-CN' }, null, 'zh'],
  [{ CLOCHE_LANG: 'klingon', LANG: 'zh_CN' }, 'zh', 'en'],
  [{ CLOCHE_LANG: '', LANG: 'zh_CN' }, null, 'zh'],
])('%j with the key at %j speaks %s', (environment, configured, locale) => {
  expect(resolveLocale(environment, configured)).toBe(locale);
});
