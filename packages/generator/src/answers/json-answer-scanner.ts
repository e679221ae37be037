const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
};

/** The keys under which models put what the answer's shape asks for. */
const FIELDS: Readonly<Record<string, 'code' | 'language' | 'explanation'>> = {
  code: 'code',
  program: 'code',
  source: 'code',
  source_code: 'code',
  solution: 'code',
  language: 'language',
  lang: 'language',
  explanation: 'explanation',
  notes: 'explanation',
  description: 'explanation',
};

type Place = 'before' | 'key' | 'colon' | 'value' | 'string' | 'skipped' | 'comma' | 'after';

/** What an object says; null where it does not. */
export interface JsonAnswer {
  readonly code: string | null;
  readonly language: string | null;
  readonly explanation: string | null;
  /** False where the answer ended inside the object. */
  readonly isComplete: boolean;
}

/**
 * Reads one JSON object character by character, as it is written. Line ends inside of strings are taken as they
 * stand, since models write them so.
 */
export class JsonAnswerScanner {
  readonly #onCode: (text: string) => void;
  #place: Place = 'before';
  #key = '';
  #value = '';
  #isKey = false;
  #escape: string | null = null;
  #isSkippedString = false;
  #depth = 0;
  readonly #fields = new Map<'code' | 'language' | 'explanation', string>();

  /** @param onCode given what the program is said to be, piece by piece */
  constructor(onCode: (text: string) => void = () => undefined) {
    this.#onCode = onCode;
  }

  push(text: string): void {
    for (const character of text) this.#take(character);
  }

  read(): JsonAnswer {
    const isOpen = this.#place === 'string' && !this.#isKey;
    const open = isOpen ? FIELDS[this.#key] : undefined;
    const get = (field: 'code' | 'language' | 'explanation'): string | null =>
      this.#fields.get(field) ?? (open === field ? this.#value : null);
    return {
      code: get('code'),
      language: get('language'),
      explanation: get('explanation'),
      isComplete: this.#place === 'after',
    };
  }

  #take(character: string): void {
    if (this.#place === 'string') {
      this.#takeOfString(character);
      return;
    }
    if (this.#place === 'skipped') {
      this.#skip(character);
      return;
    }
    if (/\s/u.test(character)) return;
    switch (this.#place) {
      case 'before':
        if (character === '{') this.#place = 'key';
        return;
      case 'key':
        if (character === '"') this.#begin(true);
        else if (character === '}') this.#place = 'after';
        return;
      case 'colon':
        if (character === ':') this.#place = 'value';
        return;
      case 'value':
        if (character === '"') this.#begin(false);
        else {
          this.#place = 'skipped';
          this.#depth = 0;
          this.#skip(character);
        }
        return;
      case 'comma':
        if (character === ',') this.#place = 'key';
        else if (character === '}') this.#place = 'after';
        return;
      case 'after':
    }
  }

  #begin(isKey: boolean): void {
    this.#isKey = isKey;
    this.#place = 'string';
    this.#value = '';
    this.#escape = null;
  }

  #takeOfString(character: string): void {
    if (this.#escape !== null) {
      this.#escape += character;
      const text = unescaped(this.#escape);
      if (text !== null) {
        this.#escape = null;
        this.#add(text);
      }
      return;
    }
    if (character === '\\') {
      this.#escape = '';
      return;
    }
    if (character !== '"') {
      this.#add(character);
      return;
    }
    if (this.#isKey) {
      this.#key = this.#value.trim().toLowerCase();
      this.#place = 'colon';
      return;
    }
    const field = FIELDS[this.#key];
    if (field !== undefined && !this.#fields.has(field)) this.#fields.set(field, this.#value);
    this.#place = 'comma';
  }

  #add(text: string): void {
    this.#value += text;
    if (!this.#isKey && FIELDS[this.#key] === 'code' && !this.#fields.has('code')) this.#onCode(text);
  }

  /** A value that is no string, whatever is in it. */
  #skip(character: string): void {
    if (this.#isSkippedString) {
      if (this.#escape !== null) this.#escape = null;
      else if (character === '\\') this.#escape = '';
      else if (character === '"') this.#isSkippedString = false;
      return;
    }
    if (character === '"') this.#isSkippedString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (this.#depth > 0 && (character === '}' || character === ']')) this.#depth -= 1;
    else if (this.#depth === 0 && character === ',') this.#place = 'key';
    else if (this.#depth === 0 && character === '}') this.#place = 'after';
  }
}

/** What stands behind the backslash, or null where it is not whole yet. */
function unescaped(escape: string): string | null {
  if (escape.startsWith('u')) {
    const digits = escape.slice(1);
    if (digits.length < 4 && /^[\da-f]*$/iu.test(digits)) return null;
    return digits.length === 4 && /^[\da-f]{4}$/iu.test(digits)
      ? String.fromCharCode(Number.parseInt(digits, 16))
      : `\\${escape}`;
  }
  return ESCAPES[escape] ?? escape;
}
