import type { Locale, LocalizedText } from '@cloche/core/executor';
import { useApp } from '../parts/app-context.ts';
import { type MessageKey, textOf } from './messages.ts';

export interface Texts {
  readonly locale: Locale;
  readonly t: (key: MessageKey, parameters?: Readonly<Record<string, string | number>>) => string;
  /** Of a text that the server sent in both languages; without flags, where it knows such a wording. */
  readonly of: (text: LocalizedText) => string;
}

export function useText(): Texts {
  const locale = useApp((state) => state.preferences.locale ?? state.settings?.locale ?? 'en');
  return {
    locale,
    t: (key, parameters) => textOf(locale, key, parameters),
    of: (text) => (text.withoutFlags ?? text)[locale],
  };
}
