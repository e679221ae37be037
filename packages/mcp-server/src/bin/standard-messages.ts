import type { ClocheError, Locale, LocalizedText } from '@cloche/core/executor';
import type { CommandMessages } from '../command/command-messages.ts';

const NAME = 'cloche-mcp-server';
const HINT: LocalizedText = { en: 'hint: ', zh: '提示：' };
const WARNING: LocalizedText = { en: 'warning: ', zh: '警告：' };

/** What this command says itself, on standard error: standard output is the protocol's. */
export class StandardMessages implements CommandMessages {
  locale: Locale;
  readonly #isDebug: boolean;

  constructor(locale: Locale, isDebug: boolean) {
    this.locale = locale;
    this.#isDebug = isDebug;
  }

  note(message: LocalizedText, hint: LocalizedText | null = null): void {
    this.#write(message[this.locale], hint?.[this.locale] ?? null);
  }

  warning(message: LocalizedText, hint: LocalizedText | null = null): void {
    this.#write(WARNING[this.locale] + message[this.locale], hint?.[this.locale] ?? null);
  }

  error(error: ClocheError): void {
    this.#write(error.localizedMessage(this.locale), error.localizedHint(this.locale));
    if (!this.#isDebug) return;
    for (let current: unknown = error; current instanceof Error; current = current.cause) {
      process.stderr.write(`${current.stack ?? String(current)}\n`);
    }
  }

  #write(message: string, hint: string | null): void {
    process.stderr.write(`${NAME}: ${message}\n`);
    if (hint !== null) process.stderr.write(`${HINT[this.locale]}${hint}\n`);
  }
}
