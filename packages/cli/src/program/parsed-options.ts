/** The options of one command line, by the long name without dashes (`no-color` is `color`). */
export class ParsedOptions {
  readonly #values: Readonly<Record<string, unknown>>;

  /** @param values as commander gives them, by camel-case name */
  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  isSet(name: string): boolean {
    return this.#value(name) === true;
  }

  /** Null where the option was not given. */
  text(name: string): string | null {
    const value = this.#value(name);
    return typeof value === 'string' ? value : null;
  }

  list(name: string): readonly string[] {
    const value = this.#value(name);
    return Array.isArray(value) ? (value as readonly string[]) : [];
  }

  #value(name: string): unknown {
    return this.#values[name.replaceAll(/-(?<letter>.)/gu, (_, letter: string) => letter.toUpperCase())];
  }
}
