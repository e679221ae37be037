import type { Locale } from '@cloche/core/executor';

/** The first language of the header that Cloche speaks. */
export function localeOf(acceptLanguage: string | undefined, fallback: Locale): Locale {
  const tags = (acceptLanguage ?? '').slice(0, 256).toLowerCase().split(',');
  for (const tag of tags) {
    const language = /^\s*(?<language>en|zh)\b/u.exec(tag)?.groups?.['language'];
    if (language === 'en' || language === 'zh') return language;
  }
  return fallback;
}
