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

  /** Whether it was switched off: `--no-run` for `run`. */
  isOff(name: string): boolean {
    return this.#value(name) === false;
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

  /** As if the option had not been given. */
  without(name: string): ParsedOptions {
    return new ParsedOptions({ ...this.#values, [camelCase(name)]: undefined });
  }

  #value(name: string): unknown {
    return this.#values[camelCase(name)];
  }
}

function camelCase(name: string): string {
  return name.replaceAll(/-(?<letter>.)/gu, (_, letter: string) => letter.toUpperCase());
}
