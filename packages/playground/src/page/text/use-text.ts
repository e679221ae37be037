import type { Locale, LocalizedText } from '@cloche/core/executor';
import { useApp } from '../parts/app-context.ts';
import { localeOf } from './locale-of.ts';
import { type MessageKey, textOf } from './messages.ts';

export interface Texts {
  readonly locale: Locale;
  readonly t: (key: MessageKey, parameters?: Readonly<Record<string, string | number>>) => string;
  /** Of a text that the server sent in both languages; without flags, where it knows such a wording. */
  readonly of: (text: LocalizedText) => string;
}

const textsIn = (locale: Locale): Texts => ({
  locale,
  t: (key, parameters) => textOf(locale, key, parameters),
  of: (text) => (text.withoutFlags ?? text)[locale],
});

const TEXTS: Readonly<Record<Locale, Texts>> = { en: textsIn('en'), zh: textsIn('zh') };

/** The same thing for as long as the language is: effects may depend on it. */
export function useText(): Texts {
  return TEXTS[useApp(localeOf)];
}
