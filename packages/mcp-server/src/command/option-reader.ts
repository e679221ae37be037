/** The options of one command line, by the long name without dashes. */
export interface OptionReader {
  isSet(name: string): boolean;
  /** Null where the option was not given. */
  text(name: string): string | null;
  list(name: string): readonly string[];
}
