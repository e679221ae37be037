import type { Locale, LocalizedText } from './localized-text.ts';

/** As readers without a command line are told it. */
export function textWithoutFlags(text: LocalizedText): Readonly<Record<Locale, string>> {
  return text.withoutFlags ?? text;
}
