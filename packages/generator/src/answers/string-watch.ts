import type { LanguageId } from '@cloche/core/executor';

/**
 * Tells, line after line, whether a string that runs over lines is open, so that a fence there belongs to the program.
 * A guess: comments and quoted quotes are not told apart.
 */
export class StringWatch {
  readonly #checks: readonly LineCheck[];

  /** @param language null: not known, and then there is no string */
  constructor(language: LanguageId | null) {
    this.#checks = language === null ? [] : (CHECKS[language]?.() ?? []);
  }

  line(text: string): void {
    for (const check of this.#checks) check.line(text);
  }

  get isInside(): boolean {
    return this.#checks.some(({ isInside }) => isInside);
  }
}

interface LineCheck {
  readonly isInside: boolean;
  line(text: string): void;
}

const CHECKS: Readonly<Partial<Record<LanguageId, () => readonly LineCheck[]>>> = {
  python: () => [new QuoteCount('"""'), new QuoteCount("'''")],
  java: () => [new QuoteCount('"""')],
  rust: () => [new RawString(/r(?<hashes>#+)"/gu, (hashes) => `"${hashes}`)],
  cpp: () => [new RawString(/R"(?<delimiter>[^\s()\\]{0,16})\(/gu, (delimiter) => `)${delimiter}"`)],
  bash: () => [new Heredoc()],
};

class QuoteCount implements LineCheck {
  readonly #quotes: string;
  isInside = false;

  constructor(quotes: string) {
    this.#quotes = quotes;
  }

  line(text: string): void {
    const count = text.split(this.#quotes).length - 1;
    if (count % 2 === 1) this.isInside = !this.isInside;
  }
}

class RawString implements LineCheck {
  readonly #opening: RegExp;
  readonly #closing: (mark: string) => string;
  #end: string | null = null;

  constructor(opening: RegExp, closing: (mark: string) => string) {
    this.#opening = opening;
    this.#closing = closing;
  }

  get isInside(): boolean {
    return this.#end !== null;
  }

  line(text: string): void {
    let at = 0;
    for (;;) {
      if (this.#end === null) {
        this.#opening.lastIndex = at;
        const match = this.#opening.exec(text);
        if (match === null) return;
        at = match.index + match[0].length;
        this.#end = this.#closing(match[1] ?? '');
      }
      const end = text.indexOf(this.#end, at);
      if (end < 0) return;
      at = end + this.#end.length;
      this.#end = null;
    }
  }
}

class Heredoc implements LineCheck {
  #delimiter: string | null = null;

  get isInside(): boolean {
    return this.#delimiter !== null;
  }

  line(text: string): void {
    if (this.#delimiter !== null) {
      if (text.trim() === this.#delimiter) this.#delimiter = null;
      return;
    }
    const words = /(?<!<)<<-?[ \t]*(?:'(\w+)'|"(\w+)"|(\w+))/u.exec(text)?.slice(1);
    this.#delimiter = words?.find(Boolean) ?? null;
  }
}
