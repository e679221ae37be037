import type { Locale, LocalizedText } from '@cloche/core/executor';

/** Says on stderr what a person should know, in their language. */
export interface CommandMessages {
  /** The language of what is said from now on. */
  locale: Locale;
  note(message: LocalizedText, hint?: LocalizedText | null): void;
  warning(message: LocalizedText, hint?: LocalizedText | null): void;
}
