import type { Locale } from '../executor/localized-text.ts';

/** The locale that a tag such as `zh_CN.UTF-8`, `zh-Hans` or `en` asks for; null where Cloche does not speak it. */
export function localeFromTag(tag: string): Locale | null {
  const language = /^[A-Za-z]+/u.exec(tag.trim())?.[0]?.toLowerCase() ?? '';
  if (language === 'zh') return 'zh';
  return language === 'en' ? 'en' : null;
}

/**
 * The language in which to speak to this person: CLOCHE_LANG, then the configuration, then LC_ALL,
 * LC_MESSAGES and LANG. English for every language that Cloche does not speak. Never throws, since
 * errors are printed with it.
 *
 * @param configured the key `locale` of the configuration; null when nothing is configured
 */
export function resolveLocale(
  environment: Readonly<Record<string, string | undefined>>,
  configured: Locale | null = null,
): Locale {
  const own = environment['CLOCHE_LANG'];
  if (own !== undefined && own !== '') return localeFromTag(own) ?? 'en';
  if (configured !== null) return configured;
  // The first of them that is set decides, as POSIX has it.
  const tag = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return localeFromTag(tag ?? '') ?? 'en';
}
