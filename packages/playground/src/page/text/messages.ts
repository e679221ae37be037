import type { Locale } from '@cloche/core/executor';
import { PAGE_MESSAGES } from './page-messages.ts';
import { RESULT_MESSAGES } from './result-messages.ts';
import { SETTINGS_MESSAGES } from './settings-messages.ts';

export type Message = Readonly<Record<Locale, string>>;

const MESSAGES = { ...PAGE_MESSAGES, ...SETTINGS_MESSAGES, ...RESULT_MESSAGES };
export type MessageKey = keyof typeof MESSAGES;

/** With `{name}` replaced by the parameter of that name. */
export function textOf(
  locale: Locale,
  key: MessageKey,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  const message: Message = MESSAGES[key];
  return message[locale].replaceAll(/\{(\w+)\}/gu, (whole, name: string) =>
    String(parameters[name] ?? whole),
  );
}
