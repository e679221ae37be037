import { resolveLocale } from '@cloche/core';
import type { Locale } from '@cloche/core/executor';

export interface EarlyOptions {
  readonly locale: Locale;
  /** Whether `--lang` chose the language, which then nothing else does. */
  readonly isLocaleGiven: boolean;
  readonly isDebug: boolean;
}

/** The language and `--debug`, read before the parser, whose own messages follow them. */
export function readEarlyOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): EarlyOptions {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const position = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = words[position] ?? '';
  const given = word === '--lang' ? words[position + 1] : word.slice('--lang='.length);
  const isLocaleGiven = given === 'en' || given === 'zh';
  return {
    locale: isLocaleGiven ? given : resolveLocale(environment),
    isLocaleGiven,
    isDebug: words.includes('--debug'),
  };
}
