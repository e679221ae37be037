import type { ClocheError, Locale, LocalizedText } from '@cloche/core/executor';
import { standardError } from './standard-streams.ts';
import { styled } from './styles.ts';

const HINT_LABEL: LocalizedText = { en: 'hint: ', zh: '提示：' };
const WARNING_LABEL: LocalizedText = { en: 'warning: ', zh: '警告：' };

/** Says on stderr what a person should know, in their language, so that stdout stays the program's. */
export class MessageWriter {
  readonly #isDebug: boolean;
  #locale: Locale;
  #isLineBroken = true;

  constructor(locale: Locale, isDebug: boolean) {
    this.#locale = locale;
    this.#isDebug = isDebug;
  }

  get locale(): Locale {
    return this.#locale;
  }

  /** The language of what is said from now on. */
  set locale(locale: Locale) {
    this.#locale = locale;
  }

  /** The program has left its last line open: what is said next begins on a line of its own. */
  breakLine(): void {
    this.#isLineBroken = false;
  }

  note(message: LocalizedText, hint: LocalizedText | null = null): void {
    this.#write(`cloche: ${message[this.#locale]}`, hint?.[this.#locale] ?? null);
  }

  hint(hint: LocalizedText): void {
    this.#writeLine(`${HINT_LABEL[this.#locale]}${hint[this.#locale]}`);
  }

  warning(message: LocalizedText, hint: LocalizedText | null = null): void {
    const label = styled('yellow', WARNING_LABEL[this.#locale], standardError());
    this.#write(`cloche: ${label}${message[this.#locale]}`, hint?.[this.#locale] ?? null);
  }

  error(error: ClocheError): void {
    const message = styled('red', error.localizedMessage(this.#locale), standardError());
    this.#write(`cloche: ${message}`, error.localizedHint(this.#locale));
    if (this.#isDebug) this.#writeLine(stackOf(error));
  }

  #write(message: string, hint: string | null): void {
    this.#writeLine(message);
    if (hint !== null) this.#writeLine(`${HINT_LABEL[this.#locale]}${hint}`);
  }

  #writeLine(line: string): void {
    standardError().write(`${this.#isLineBroken ? '' : '\n'}${line}\n`);
    this.#isLineBroken = true;
  }
}

function stackOf(error: unknown): string {
  const lines: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause) {
    lines.push(`${lines.length === 0 ? '' : 'caused by: '}${current.stack ?? String(current)}`);
  }
  return lines.join('\n');
}
