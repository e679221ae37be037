import type { LocalizedText, Locale } from '@cloche/core/executor';
import { textWithoutFlags } from '@cloche/core/executor';

/** What core and the executors say, for readers who have tools and no command line. */
export function textForClient(text: LocalizedText, locale: Locale): string {
  return textWithoutFlags(text)[locale];
}
