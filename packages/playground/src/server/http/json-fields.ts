import type { LocalizedText } from '@cloche/core/executor';
import { badRequest } from './request-refused.ts';

/** What a field may be, in the words of a refusal. In Chinese, a space stands before a word of another script. */
const KINDS = {
  object: { en: 'an object', zh: '对象' },
  text: { en: 'text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: ' true 或 false' },
  list: { en: 'a list', zh: '列表' },
} as const satisfies Readonly<Record<string, LocalizedText>>;

/** One JSON object of a request. Whoever reads it says what may be in it; everything else is refused. */
export class JsonFields {
  readonly #place: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #known = new Set<string>();

  /**
   * @param place for messages: `files[0]`; empty for the body itself
   * @throws RequestRefused 400
   */
  constructor(value: unknown, place = '') {
    this.#place = place;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.#wrong('', KINDS.object);
    this.#values = value as Readonly<Record<string, unknown>>;
  }

  has(name: string): boolean {
    this.#known.add(name);
    return Object.hasOwn(this.#values, name) && this.#values[name] !== undefined;
  }

  /** Undefined where it is not there. */
  text(name: string): string | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.#wrong(name, KINDS.text);
  }

  textOrNull(name: string): string | null | undefined {
    return this.#value(name) === null ? null : this.text(name);
  }

  number(name: string): number | undefined {
    const value = this.#value(name);
    if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
    throw this.#wrong(name, KINDS.number);
  }

  numberOrNull(name: string): number | null | undefined {
    return this.#value(name) === null ? null : this.number(name);
  }

  boolean(name: string): boolean | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.#wrong(name, KINDS.boolean);
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) {
      throw this.#wrong(name, { en: `one of ${words.join(', ')}`, zh: ` ${words.join('、')} 之一` });
    }
    return word;
  }

  oneOfOrNull<Word extends string>(name: string, words: readonly Word[]): Word | null | undefined {
    return this.#value(name) === null ? null : this.oneOf(name, words);
  }

  texts(name: string): readonly string[] | undefined {
    return this.#list(name)?.map((item, index) => {
      if (typeof item !== 'string') throw this.#wrong(`${name}[${index}]`, KINDS.text);
      return item;
    });
  }

  objects(name: string): readonly JsonFields[] | undefined {
    return this.#list(name)?.map((item, index) => new JsonFields(item, `${this.#at(name)}[${index}]`));
  }

  object(name: string): JsonFields | undefined {
    return this.has(name) ? new JsonFields(this.#value(name), this.#at(name)) : undefined;
  }

  /** After all reading. @throws RequestRefused 400 for a field that nobody asked for, also where another kind of request has it */
  refuseOthers(): void {
    const other = Object.keys(this.#values).find((name) => !this.#known.has(name));
    if (other === undefined) return;
    const shown = JSON.stringify(this.#at(other).slice(0, 80));
    throw badRequest(`The field ${shown} is not known here.`, `此处没有字段 ${shown}。`);
  }

  #list(name: string): readonly unknown[] | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw this.#wrong(name, KINDS.list);
    return value as readonly unknown[];
  }

  #value(name: string): unknown {
    this.#known.add(name);
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  #at(name: string): string {
    return this.#place === '' || name === '' ? `${this.#place}${name}` : `${this.#place}.${name}`;
  }

  #wrong(name: string, expected: LocalizedText): Error {
    const at = this.#at(name);
    const shown = JSON.stringify(at.slice(0, 80));
    return badRequest(
      `${at === '' ? 'The body' : shown} must be ${expected.en}.`,
      `${at === '' ? '请求体' : `${shown} `}必须是${expected.zh}。`,
    );
  }
}
